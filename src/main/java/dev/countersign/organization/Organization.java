package dev.countersign.organization;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.table.StoredRow;
import dev.countersign.ratelimit.RateLimit;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Maps a row of the table {@code organization}, which owns projects, teams and API keys. */
@Entity
@Table(name = "organization")
public class Organization extends StoredRow {

    /** The greatest length of a name, in characters. */
    static final int MAX_NAME_LENGTH = 64;

    public String slug;

    public String name;

    /** The name of the ingest host for projects that have none, or null. The configuration may have lost the name. */
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
    protected Organization() {}

    private Organization(Caller creator, String name, String slug) {
        this.name = name;
        this.slug = slug;
        this.dateAdded = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        this.changedBy = creator.name();
    }

    /** Makes an organization that is not stored yet. */
    public static Organization create(Caller creator, String name, String slug) {
        return new Organization(creator, name, slug);
    }

    /** The default for the rate limits of new client keys in projects that have no default, or null. */
    public @Nullable RateLimit defaultRateLimit() {
        return RateLimit.of(defaultRateLimitWindow, defaultRateLimitCount);
    }
}
