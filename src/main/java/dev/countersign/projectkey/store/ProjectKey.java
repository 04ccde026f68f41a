package dev.countersign.projectkey.store;

import dev.countersign.credential.Caller;
import dev.countersign.project.store.ProjectReference;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A client key of a project. */
@Entity
@Table(name = "project_key")
public class ProjectKey {

    /** What a key is for, unless an operator says otherwise. */
    static final String DEFAULT_USE_CASE = "user";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public @Nullable Long id;

    @Column(name = "organization_id", updatable = false)
    public long organizationId;

    @Column(name = "project_id", updatable = false)
    public long projectId;

    public String label;

    @Column(name = "public_key", updatable = false)
    public String publicKey;

    @Column(name = "secret_key", updatable = false)
    public String secretKey;

    public boolean active;

    @Column(name = "rate_limit_window")
    @Nullable
    Integer rateLimitWindow;

    @Column(name = "rate_limit_count")
    @Nullable
    Integer rateLimitCount;

    @Column(name = "browser_sdk_version")
    public String browserSdkVersion;

    @Column(name = "has_replay")
    boolean hasReplay;

    @Column(name = "has_performance")
    boolean hasPerformance;

    @Column(name = "has_debug")
    boolean hasDebug;

    @Column(name = "has_feedback")
    boolean hasFeedback;

    @Column(name = "has_logs_and_metrics")
    boolean hasLogsAndMetrics;

    @Column(name = "use_case", updatable = false)
    public String useCase;

    @Column(name = "date_added", updatable = false)
    public Instant dateAdded;

    @Column(name = "changed_by")
    public String changedBy;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected ProjectKey() {}

    private ProjectKey(Caller creator, ProjectReference project, KeyIdentity identity) {
        this.organizationId = project.organizationId();
        this.projectId = project.id();
        this.label = identity.label();
        this.publicKey = identity.publicKey();
        this.secretKey = identity.secretKey();
        this.active = true;
        this.browserSdkVersion = BrowserSdk.DEFAULT_VERSION;
        this.useCase = identity.useCase();
        this.dateAdded = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        this.changedBy = creator.name();
        load(LoaderOptions.DEFAULT);
    }

    /** A new, active key with the defaults of a new project. */
    public static ProjectKey create(Caller creator, ProjectReference project, KeyIdentity identity) {
        return new ProjectKey(creator, project, identity);
    }

    /** The limit of its events, or null. */
    public @Nullable RateLimit rateLimit() {
        return rateLimitWindow == null || rateLimitCount == null
                ? null
                : new RateLimit(rateLimitWindow, rateLimitCount);
    }

    /** Sets or lifts the limit of its events. */
    public void limit(@Nullable RateLimit limit) {
        this.rateLimitWindow = limit == null ? null : limit.window();
        this.rateLimitCount = limit == null ? null : limit.count();
    }

    /** What its loader switches on. */
    public LoaderOptions loaderOptions() {
        return new LoaderOptions(hasReplay, hasPerformance, hasDebug, hasFeedback, hasLogsAndMetrics);
    }

    /** Sets what its loader switches on. */
    public void load(LoaderOptions options) {
        this.hasReplay = options.hasReplay();
        this.hasPerformance = options.hasPerformance();
        this.hasDebug = options.hasDebug();
        this.hasFeedback = options.hasFeedback();
        this.hasLogsAndMetrics = options.hasLogsAndMetrics();
    }

    /** The id, once stored. */
    public long requireId() {
        if (id == null) {
            throw new IllegalStateException("not stored yet");
        }
        return id;
    }
}
