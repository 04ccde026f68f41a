package dev.countersign.project.store;

import dev.countersign.postgres.table.StoredRow;
import dev.countersign.ratelimit.RateLimit;
import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Is the base class of the entities that map rows of the table {@code project}: maps the columns that every answer needs, all
 * but the settings, which may be long.
 */
@MappedSuperclass
public abstract class ProjectColumns extends StoredRow {

    @Column(updatable = false)
    public long organizationId;

    public String slug;

    public String name;

    public @Nullable String platform;

    /** The name of the ingest host for the DSNs of the client keys, or null. The configuration may have lost the name. */
    public @Nullable String ingest;

    @Nullable
    Integer defaultRateLimitWindow;

    @Nullable
    Integer defaultRateLimitCount;

    @Column(updatable = false)
    public Instant dateAdded;

    public String changedBy;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected ProjectColumns() {}

    /** The default for the rate limits of new client keys, or null. */
    public @Nullable RateLimit defaultRateLimit() {
        return RateLimit.of(defaultRateLimitWindow, defaultRateLimitCount);
    }

    /** Sets the default for the rate limits of new client keys, or removes the default. */
    public void setDefaultRateLimit(@Nullable RateLimit limit) {
        defaultRateLimitWindow = limit == null ? null : limit.window();
        defaultRateLimitCount = limit == null ? null : limit.count();
    }

    /** The slug, by which lists are sorted. */
    String slug() {
        return slug;
    }
}
