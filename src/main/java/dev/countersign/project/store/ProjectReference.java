package dev.countersign.project.store;

import dev.countersign.ratelimit.DefaultRateLimits;
import dev.countersign.ratelimit.RateLimit;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the client keys of a project need: the ids and slugs of the project and of its organization, the name of the
 * ingest host, and the rate limit of new keys. Statements about keys, DSNs and environment variables need no more of a
 * project.
 *
 * @param slug the slug of the project
 * @param organizationSlug the slug of the organization
 * @param ingest the name that is stored with the project, otherwise with the organization, or null
 * @param defaultRateLimit the rate limit of a new key whose request names none, or null for no limit
 */
public record ProjectReference(
        long id,
        long organizationId,
        String slug,
        String organizationSlug,
        @Nullable String ingest,
        @Nullable RateLimit defaultRateLimit) {

    /** SQL and not HQL, because parsing HQL would take most of the time of the first request after a cold start. */
    static final String SELECT = "select p.id, p.organization_id, p.slug, o.slug, coalesce(p.ingest, o.ingest),"
            + " coalesce(p.default_rate_limit_window, o.default_rate_limit_window),"
            + " coalesce(p.default_rate_limit_count, o.default_rate_limit_count)"
            + " from project p join organization o on o.id = p.organization_id where ";

    /** Reads a row of {@link #SELECT}. */
    static ProjectReference read(Row row, DefaultRateLimits defaults) {
        RateLimit stored = RateLimit.of(row.getInteger(5), row.getInteger(6));
        return new ProjectReference(
                row.getLong(0),
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                defaults.forNewKey(stored));
    }
}
