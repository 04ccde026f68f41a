package dev.countersign.auditlog;

import dev.countersign.database.PagedQuery;
import dev.countersign.paging.Page;
import dev.countersign.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads the audit trail; the database itself writes it. */
@ApplicationScoped
public class AuditLogRepository {

    /** A page of an organization's entries, newest first. */
    Uni<Page<AuditLogEntry>> list(long organizationId, AuditLogFilter filter, PageRequest request) {
        if (filter.matchesNothing()) {
            return Uni.createFrom().item(Page.empty());
        }
        return new PagedQuery<>(
                        AuditLogEntry.class,
                        "from AuditLogEntry where organizationId = :organization" + filter.condition(),
                        filter.parameters(organizationId))
                .newestFirst(request, "id", AuditLogEntry::id);
    }
}
