package dev.countersign.projectkey.store;

import dev.countersign.postgres.merge.MergeableStatement;
import dev.countersign.postgres.merge.RowInsert;
import dev.countersign.postgres.table.Column;
import dev.countersign.postgres.table.Table;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes the table {@code project_key} in constants: its columns, and SQL conditions such as whether a key is active now.
 */
public final class ProjectKeyTable {

    public static final Column<ProjectKey, String> LABEL =
            Column.text("label", key -> key.label, (key, value) -> key.label = value);
    public static final Column<ProjectKey, Boolean> ACTIVE =
            Column.bool("active", key -> key.active, (key, value) -> key.active = value);
    public static final Column<ProjectKey, @Nullable Instant> DATE_EXPIRES =
            Column.optionalTime("date_expires", key -> key.dateExpires, (key, value) -> key.dateExpires = value);
    public static final Column<ProjectKey, @Nullable Integer> RATE_LIMIT_WINDOW = Column.optionalInteger(
            "rate_limit_window", key -> key.rateLimitWindow, (key, value) -> key.rateLimitWindow = value);
    public static final Column<ProjectKey, @Nullable Integer> RATE_LIMIT_COUNT = Column.optionalInteger(
            "rate_limit_count", key -> key.rateLimitCount, (key, value) -> key.rateLimitCount = value);
    public static final Column<ProjectKey, String> BROWSER_SDK_VERSION = Column.text(
            "browser_sdk_version", key -> key.browserSdkVersion, (key, value) -> key.browserSdkVersion = value);
    public static final Column<ProjectKey, Boolean> HAS_REPLAY =
            Column.bool("has_replay", key -> key.hasReplay, (key, value) -> key.hasReplay = value);
    public static final Column<ProjectKey, Boolean> HAS_PERFORMANCE =
            Column.bool("has_performance", key -> key.hasPerformance, (key, value) -> key.hasPerformance = value);
    public static final Column<ProjectKey, Boolean> HAS_DEBUG =
            Column.bool("has_debug", key -> key.hasDebug, (key, value) -> key.hasDebug = value);
    public static final Column<ProjectKey, Boolean> HAS_FEEDBACK =
            Column.bool("has_feedback", key -> key.hasFeedback, (key, value) -> key.hasFeedback = value);
    public static final Column<ProjectKey, Boolean> HAS_LOGS_AND_METRICS = Column.bool(
            "has_logs_and_metrics", key -> key.hasLogsAndMetrics, (key, value) -> key.hasLogsAndMetrics = value);

    /** SQL that is true for a key whose end has come, by the time of the statement. */
    static final String EXPIRED_NOW = "(date_expires is not null and date_expires <= statement_timestamp())";
    /** SQL that is true for a key with which SDKs may send events now: switched on, and not expired. */
    public static final String ACTIVE_NOW = "(active and not " + EXPIRED_NOW + ")";

    private static final Column<ProjectKey, Boolean> EXPIRED =
            Column.computedBool("expired", EXPIRED_NOW, key -> key.expired, (key, value) -> key.expired = value);
    private static final Column<ProjectKey, @Nullable String> REPLACED_BY =
            Column.optionalText("replaced_by", key -> key.replacedBy, (key, value) -> key.replacedBy = value);
    private static final Column<ProjectKey, Long> ID =
            Column.number("id", ProjectKey::requireId, (key, value) -> key.id = value);
    private static final Column<ProjectKey, Long> ORGANIZATION_ID =
            Column.number("organization_id", key -> key.organizationId, (key, value) -> key.organizationId = value);
    static final Column<ProjectKey, Long> PROJECT_ID =
            Column.number("project_id", key -> key.projectId, (key, value) -> key.projectId = value);
    public static final Column<ProjectKey, String> PUBLIC_KEY =
            Column.text("public_key", key -> key.publicKey, (key, value) -> key.publicKey = value);
    public static final Column<ProjectKey, String> SECRET_KEY =
            Column.text("secret_key", key -> key.secretKey, (key, value) -> key.secretKey = value);
    private static final Column<ProjectKey, String> USE_CASE =
            Column.text("use_case", key -> key.useCase, (key, value) -> key.useCase = value);
    private static final Column<ProjectKey, Instant> DATE_ADDED =
            Column.time("date_added", key -> key.dateAdded, (key, value) -> key.dateAdded = value);
    private static final Column<ProjectKey, String> CHANGED_BY =
            Column.text("changed_by", key -> key.changedBy, (key, value) -> key.changedBy = value);

    /** The table of client keys. */
    public static final Table<ProjectKey> TABLE = Table.of(
            "project_key",
            ProjectKey.class,
            ProjectKey::new,
            ID,
            ORGANIZATION_ID,
            PROJECT_ID,
            LABEL,
            PUBLIC_KEY,
            SECRET_KEY,
            ACTIVE,
            DATE_EXPIRES,
            EXPIRED,
            REPLACED_BY,
            RATE_LIMIT_WINDOW,
            RATE_LIMIT_COUNT,
            BROWSER_SDK_VERSION,
            HAS_REPLAY,
            HAS_PERFORMANCE,
            HAS_DEBUG,
            HAS_FEEDBACK,
            HAS_LOGS_AND_METRICS,
            USE_CASE,
            DATE_ADDED,
            CHANGED_BY);

    /** Stores new keys. */
    static final MergeableStatement INSERT = new RowInsert<>(TABLE, PUBLIC_KEY, PROJECT_ID);

    private ProjectKeyTable() {}

    /**
     * SQL that stores a copy of each key of a query, and reads the copies. A copy has the settings of the key, other keys and
     * another end, and was not replaced.
     *
     * @param source the name of the query
     * @param publicKey SQL of the public key of the copy; the other parameters likewise
     */
    public static String copy(String source, String publicKey, String secretKey, String dateExpires) {
        Map<String, String> others = Map.of(
                PUBLIC_KEY.name(), publicKey,
                SECRET_KEY.name(), secretKey,
                DATE_EXPIRES.name(), dateExpires,
                REPLACED_BY.name(), "null",
                DATE_ADDED.name(), "date_trunc('milliseconds', statement_timestamp())");
        return TABLE.copy(source, others);
    }
}
