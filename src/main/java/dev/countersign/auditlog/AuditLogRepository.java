package dev.countersign.auditlog;

import dev.countersign.postgres.pool.Sessions;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads the audit trail; the database itself writes it. */
@ApplicationScoped
public class AuditLogRepository {

    /**
     * A page ends early where its entries take more characters than this. An entry takes up to twice the settings of a
     * project, and a page of a hundred such entries would take the memory of everybody else.
     */
    private static final long MAX_LENGTH = 256 * 1024;

    private static final String COLUMNS = "id, organization_id, event, actor, target_id, target,"
            + " cast(before as text) as before, cast(after as text) as after, date_added";

    private static final String LENGTH =
            "cast(coalesce(length(entry.before), 0) + coalesce(length(entry.after), 0) as bigint)";

    private final Sessions sessions;

    AuditLogRepository(Sessions sessions) {
        this.sessions = sessions;
    }

    /** A page of an organization's entries, newest first. */
    Uni<Page<AuditLogEntry>> list(long organizationId, AuditLogFilter filter, PageRequest request) {
        if (filter.matchesNothing()) {
            return Uni.createFrom().item(Page.empty());
        }
        return sessions.read("audit_log", () -> Panache.getSession().flatMap(session -> {
                    var query = session.createNativeQuery(walk(filter, request), AuditLogEntry.class)
                            .setParameter("skip", (long) request.skip())
                            .setParameter("fetch", request.fetch())
                            .setParameter("greatest", MAX_LENGTH)
                            .setParameter("least", 1 + beyond(request));
                    filter.parameters(organizationId).forEach(query::setParameter);
                    if (request.cursor().hasValue()) {
                        query.setParameter("edge", request.cursor().id());
                    }
                    return query.getResultList();
                }))
                .map(rows -> Page.of(shortened(request, rows), rows, AuditLogEntry::id));
    }

    /**
     * Walks the index entry by entry, and stops at the end of the page or past the greatest length. Few entries are always
     * read, so that a page shows one and knows whether another follows.
     */
    private static String walk(AuditLogFilter filter, PageRequest request) {
        boolean backward = request.cursor().backward();
        return """
                with recursive page as (
                    select entry.*, 1 as position, %6$s as length
                    from (select %5$s from audit_log
                        where organization_id = :organization%1$s%2$s offset :skip limit 1) entry
                    union all
                    select entry.*, page.position + 1, page.length + %6$s
                    from page, lateral (select %5$s from audit_log
                        where organization_id = :organization%1$s and audit_log.id %3$s page.id
                        order by audit_log.id %4$s limit 1) entry
                    where page.position < :fetch and (page.length <= :greatest or page.position < :least))
                select id, organization_id, event, actor, target_id, target, before, after, date_added
                from page order by position
                """.formatted(
                        filter.condition(),
                        request.descending("id", () -> ":edge"),
                        backward ? ">" : "<",
                        backward ? "asc" : "desc",
                        COLUMNS,
                        LENGTH);
    }

    /** Where the walk stopped for the length of the entries, the last one only says that another page follows. */
    private static PageRequest shortened(PageRequest request, List<AuditLogEntry> rows) {
        long length = rows.stream().mapToLong(AuditLogEntry::length).sum();
        return length <= MAX_LENGTH
                ? request
                : new PageRequest(
                        Math.min(request.limit(), Math.max(1, rows.size() - beyond(request))), request.cursor());
    }

    /** How many rows are read beyond those that are shown. */
    private static int beyond(PageRequest request) {
        return request.fetch() - request.limit();
    }
}
