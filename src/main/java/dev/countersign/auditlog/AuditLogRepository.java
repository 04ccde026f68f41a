package dev.countersign.auditlog;

import dev.countersign.postgres.pool.Sessions;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads pages of the audit log from the database, whose triggers write it. */
@ApplicationScoped
public class AuditLogRepository {

    /**
     * A page ends early where its entries take more characters than this. An entry can hold two copies of the settings
     * of a project, and a page of a hundred such entries would take the memory that other requests need.
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

    /** Reads a page of an organization's entries, newest first. */
    Uni<Page<AuditLogEntry>> list(long organizationId, AuditLogFilter filter, PageRequest request) {
        if (filter.matchesNothing()) {
            return Uni.createFrom().item(Page.empty());
        }
        return sessions.read("audit_log", () -> Panache.getSession().flatMap(session -> {
                    var query = session.createNativeQuery(pageStatement(filter, request), AuditLogEntry.class)
                            .setParameter("skip", (long) request.skip())
                            .setParameter("fetch", request.fetch())
                            .setParameter("greatest", MAX_LENGTH)
                            .setParameter("least", 1 + extraRows(request));
                    filter.parameters(organizationId).forEach(query::setParameter);
                    if (request.cursor().hasValue()) {
                        query.setParameter("edge", request.cursor().id());
                    }
                    return query.getResultList();
                }))
                .map(rows -> Page.of(shorten(request, rows), rows, AuditLogEntry::id));
    }

    /**
     * Builds a statement that reads entry by entry from the index, and stops at the end of the page or past the
     * greatest length. The statement always reads at least enough rows to show one entry and to know whether another
     * page follows.
     */
    private static String pageStatement(AuditLogFilter filter, PageRequest request) {
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

    /**
     * Shortens the request where the statement stopped at the greatest length. The last row then only shows that
     * another page follows.
     */
    private static PageRequest shorten(PageRequest request, List<AuditLogEntry> rows) {
        long length = rows.stream().mapToLong(AuditLogEntry::length).sum();
        return length <= MAX_LENGTH
                ? request
                : new PageRequest(
                        Math.min(request.limit(), Math.max(1, rows.size() - extraRows(request))), request.cursor());
    }

    /** The number of rows that a request reads in addition to those that the page shows. */
    private static int extraRows(PageRequest request) {
        return request.fetch() - request.limit();
    }
}
