package dev.countersign.issuer;

import dev.countersign.announcement.AnnouncedCache;
import dev.countersign.announcement.CacheFactory;
import dev.countersign.announcement.ChangeSubject;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.postgres.pool.Statements;
import dev.countersign.web.error.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Supplier;

/** Finds the ids of organizations by their slugs, in the exact case, and caches those that exist. */
final class OrganizationIds {

    private final Statements statements;
    private final AnnouncedCache<String, Long> ids;

    OrganizationIds(Statements statements, CacheFactory caches) {
        this.statements = statements;
        this.ids = caches.create(id -> List.of(ChangeSubject.organization(id)));
    }

    /**
     * Finds an id.
     *
     * @param missing makes the failure where no organization has the slug
     */
    Uni<Long> require(String slug, Supplier<ApiException> missing) {
        return ids.get(slug, () -> statements
                .first(OrganizationRepository.ID_BY_SLUG, Tuple.of(slug), row -> row.getLong(0))
                .onItem()
                .ifNull()
                .failWith(missing));
    }
}
