package dev.countersign.projectkey.store;

import dev.countersign.credential.Caller;
import dev.countersign.dsn.DsnBuilder;
import dev.countersign.dsn.DsnUrls;
import dev.countersign.postgres.table.StoredRow;
import dev.countersign.project.store.Project;
import dev.countersign.project.store.ProjectReference;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.ratelimit.RateLimit;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Maps a row of the table {@code project_key}: a client key of a project. */
@Entity
@Table(name = "project_key")
public class ProjectKey extends StoredRow {

    @Column(updatable = false)
    public long organizationId;

    @Column(updatable = false)
    public long projectId;

    public String label;

    @Column(updatable = false)
    public String publicKey;

    @Column(updatable = false)
    public String secretKey;

    boolean active;

    @Nullable
    Instant dateExpires;

    @Column(insertable = false, updatable = false)
    boolean expired;

    @Column(insertable = false, updatable = false)
    @Nullable
    String replacedBy;

    @Nullable
    Integer rateLimitWindow;

    @Nullable
    Integer rateLimitCount;

    public String browserSdkVersion;

    boolean hasReplay;

    boolean hasPerformance;

    boolean hasDebug;

    boolean hasFeedback;

    boolean hasLogsAndMetrics;

    @Column(updatable = false)
    public String useCase;

    @Column(updatable = false)
    public Instant dateAdded;

    public String changedBy;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected ProjectKey() {}

    private ProjectKey(
            Caller creator,
            long organizationId,
            long projectId,
            KeyIdentity identity,
            @Nullable RateLimit defaultRateLimit) {
        this.organizationId = organizationId;
        this.projectId = projectId;
        this.label = identity.label();
        this.publicKey = identity.publicKey();
        this.secretKey = identity.secretKey();
        this.active = true;
        this.rateLimitWindow = defaultRateLimit == null ? null : defaultRateLimit.window();
        this.rateLimitCount = defaultRateLimit == null ? null : defaultRateLimit.count();
        this.browserSdkVersion = BrowserSdk.DEFAULT_VERSION;
        this.useCase = identity.useCase();
        this.dateAdded = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        this.changedBy = creator.name();
        this.hasReplay = LoaderOptions.DEFAULT.hasReplay();
        this.hasPerformance = LoaderOptions.DEFAULT.hasPerformance();
        this.hasDebug = LoaderOptions.DEFAULT.hasDebug();
        this.hasFeedback = LoaderOptions.DEFAULT.hasFeedback();
        this.hasLogsAndMetrics = LoaderOptions.DEFAULT.hasLogsAndMetrics();
    }

    /** Makes an active key with the defaults of a new project, and with the default rate limit of its project. */
    public static ProjectKey create(Caller creator, ProjectReference project, KeyIdentity identity) {
        return new ProjectKey(creator, project.organizationId(), project.id(), identity, project.defaultRateLimit());
    }

    /**
     * Makes the first key of a new project, with the defaults of a new project.
     *
     * @param defaultRateLimit the rate limit of a new key whose request names none, or null for no limit
     */
    public static ProjectKey createFirst(
            Caller creator, Project project, KeyIdentity identity, @Nullable RateLimit defaultRateLimit) {
        return new ProjectKey(creator, project.organizationId, project.requireId(), identity, defaultRateLimit);
    }

    /** Whether SDKs may send events with the key: it is switched on and has not expired. */
    public boolean isActive() {
        return active && !expired;
    }

    /** Whether nobody has switched the key off. An expired key may still be switched on. */
    public boolean isSwitchedOn() {
        return active;
    }

    /** Whether the end of the key has come, by the time of the database when the row was read. */
    public boolean isExpired() {
        return expired;
    }

    /** The end of the key, to the millisecond, or null where the key has none. From then on the key is not active. */
    public @Nullable Instant dateExpires() {
        return dateExpires;
    }

    /** The public key of the key that replaced this one in a rotation, or null. */
    public @Nullable String replacedBy() {
        return replacedBy;
    }

    /** The rate limit of the key's events, or null where the key has none. */
    public @Nullable RateLimit rateLimit() {
        return RateLimit.of(rateLimitWindow, rateLimitCount);
    }

    /** The URLs of the key at an ingest host. */
    public DsnUrls dsn(DsnBuilder host) {
        return host.build(organizationId, projectId, publicKey, secretKey);
    }

    /** The options of the JavaScript loader. */
    public LoaderOptions loaderOptions() {
        return new LoaderOptions(hasReplay, hasPerformance, hasDebug, hasFeedback, hasLogsAndMetrics);
    }
}
