package dev.countersign.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.announcement.AnnouncedCache;
import dev.countersign.announcement.CacheFactory;
import dev.countersign.announcement.ChangeSubject;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.postgres.pool.Statements;
import dev.countersign.web.error.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds the ids of organizations by their slugs, in the exact case. Caches those that exist, and remembers for a second that one
 * does not exist, so that a token of such an organization causes one statement a second.
 */
final class OrganizationIds {

    private static final int MAX_MISSING = 10_000;

    private final Statements statements;
    private final AnnouncedCache<String, Long> ids;
    private final Cache<String, Boolean> missing = Caffeine.newBuilder()
            .maximumSize(MAX_MISSING)
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();

    OrganizationIds(Statements statements, CacheFactory caches) {
        this.statements = statements;
        this.ids = caches.create(id -> List.of(ChangeSubject.organization(id)));
    }

    /**
     * Finds an id.
     *
     * @param failure makes the failure where no organization has the slug
     */
    Uni<Long> require(String slug, Supplier<ApiException> failure) {
        return missing.getIfPresent(slug) == null
                ? ids.get(slug, () -> read(slug).onItem().ifNull().failWith(failure))
                : Uni.createFrom().failure(failure.get());
    }

    private Uni<Long> read(String slug) {
        return statements
                .<Long>first(OrganizationRepository.ID_BY_SLUG, Tuple.of(slug), row -> row.getLong(0))
                .invoke(id -> {
                    if (id == null) {
                        missing.put(slug, true);
                    }
                });
    }
}
