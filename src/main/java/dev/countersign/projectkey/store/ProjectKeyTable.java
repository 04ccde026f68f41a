package dev.countersign.projectkey.store;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.table.Column;
import dev.countersign.postgres.table.Condition;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.postgres.table.Table;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.web.paging.PageRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Describes the table {@code project_key}: its columns, and the conditions and orders of the statements that read keys.
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
    static final Column<ProjectKey, Boolean> HAS_REPLAY =
            Column.bool("has_replay", key -> key.hasReplay, (key, value) -> key.hasReplay = value);
    static final Column<ProjectKey, Boolean> HAS_PERFORMANCE =
            Column.bool("has_performance", key -> key.hasPerformance, (key, value) -> key.hasPerformance = value);
    static final Column<ProjectKey, Boolean> HAS_DEBUG =
            Column.bool("has_debug", key -> key.hasDebug, (key, value) -> key.hasDebug = value);
    static final Column<ProjectKey, Boolean> HAS_FEEDBACK =
            Column.bool("has_feedback", key -> key.hasFeedback, (key, value) -> key.hasFeedback = value);
    static final Column<ProjectKey, Boolean> HAS_LOGS_AND_METRICS = Column.bool(
            "has_logs_and_metrics", key -> key.hasLogsAndMetrics, (key, value) -> key.hasLogsAndMetrics = value);

    private static final String EXPIRED_NOW = "(date_expires is not null and date_expires <= statement_timestamp())";
    private static final String ACTIVE_NOW = "(active and not " + EXPIRED_NOW + ")";

    private static final Column<ProjectKey, Boolean> EXPIRED =
            Column.computedBool("expired", EXPIRED_NOW, key -> key.expired, (key, value) -> key.expired = value);
    private static final Column<ProjectKey, @Nullable String> REPLACED_BY =
            Column.optionalText("replaced_by", key -> key.replacedBy, (key, value) -> key.replacedBy = value);
    private static final Column<ProjectKey, Long> ID =
            Column.number("id", ProjectKey::requireId, (key, value) -> key.id = value);
    private static final Column<ProjectKey, Long> ORGANIZATION_ID =
            Column.number("organization_id", key -> key.organizationId, (key, value) -> key.organizationId = value);
    private static final Column<ProjectKey, Long> PROJECT_ID =
            Column.number("project_id", key -> key.projectId, (key, value) -> key.projectId = value);
    private static final Column<ProjectKey, String> PUBLIC_KEY =
            Column.text("public_key", key -> key.publicKey, (key, value) -> key.publicKey = value);
    private static final Column<ProjectKey, String> SECRET_KEY =
            Column.text("secret_key", key -> key.secretKey, (key, value) -> key.secretKey = value);
    private static final Column<ProjectKey, String> USE_CASE =
            Column.text("use_case", key -> key.useCase, (key, value) -> key.useCase = value);
    private static final Column<ProjectKey, Instant> DATE_ADDED =
            Column.time("date_added", key -> key.dateAdded, (key, value) -> key.dateAdded = value);
    private static final Column<ProjectKey, String> CHANGED_BY =
            Column.text("changed_by", key -> key.changedBy, (key, value) -> key.changedBy = value);

    static final Table<ProjectKey> TABLE = Table.of(
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

    private static final String NOT_REPLACED = " and replaced_by is null";
    private static final String OF_TEAM = "select project_id from project_team where team_id = ";
    private static final int MAX_CALLED = 101;
    private static final int MAX_KEY_LENGTH = 32;

    private ProjectKeyTable() {}

    /** SQL that reads the keys that match a condition. Adds the values of the condition to the parameters. */
    public static String select(Condition condition, Parameters parameters) {
        return TABLE.select() + condition.sql(parameters);
    }

    /** The condition that selects one key of a project by its public key, if the caller may see the key. */
    static Condition byPublicKey(Caller caller, long projectId, String publicKey) {
        return parameters -> "public_key = " + parameters.add(emptyIfUnstorable(publicKey)) + " and project_id = "
                + parameters.add(projectId) + useCases(caller.isOperator());
    }

    /** The condition that selects one key of a project by its id. */
    static Condition byId(long projectId, long id) {
        return parameters -> "id = " + parameters.add(id) + " and project_id = " + parameters.add(projectId);
    }

    /**
     * The condition that selects a key as it was read: it still has its name, its successor and its end, is still switched
     * on or off, and has expired or has not. So a decision that rests on these holds for the statement.
     */
    public static Condition asRead(ProjectKey key) {
        return parameters -> "public_key = " + parameters.add(key.publicKey) + " and project_id = "
                + parameters.add(key.projectId) + " and label = " + parameters.add(key.label) + " and active = "
                + key.active + " and " + (key.expired ? "" : "not ") + EXPIRED_NOW + " and date_expires"
                + same(key.dateExpires, parameters) + " and replaced_by" + same(key.replacedBy, parameters)
                + useCases(false);
    }

    private static String same(@Nullable Object value, Parameters parameters) {
        return value == null ? " is null" : " = " + parameters.add(value);
    }

    /**
     * The condition that selects the keys of a project which a name can mean: those for SDKs that no rotation has replaced,
     * active keys before inactive ones, newest first, at most {@value #MAX_CALLED}.
     *
     * @param name a text that {@link KeyIdentity#REQUIRED_NAME} accepts
     */
    public static Condition called(long projectId, String name) {
        return parameters -> "project_id = " + parameters.add(projectId) + " and label = " + parameters.add(name)
                + NOT_REPLACED + useCases(false) + " order by " + ACTIVE_NOW + " desc, id desc limit " + MAX_CALLED;
    }

    /** The condition that selects the active keys of a project for SDKs that no rotation has replaced, oldest first. */
    static Condition activeOf(long projectId, int limit) {
        return parameters -> "project_id = " + parameters.add(projectId) + " and " + ACTIVE_NOW + NOT_REPLACED
                + useCases(false) + " order by id limit " + limit;
    }

    /** The condition that selects a page of a project's keys, newest first. */
    static Condition ofProject(long projectId, KeyFilter filter, PageRequest request) {
        return parameters ->
                "project_id = " + parameters.add(projectId) + filtered(filter, parameters) + page(request, parameters);
    }

    /** The condition that selects a page of an organization's keys, newest first. */
    public static Condition ofOrganization(long organizationId, KeyFilter filter, PageRequest request) {
        return parameters -> "organization_id = " + parameters.add(organizationId) + filtered(filter, parameters)
                + page(request, parameters);
    }

    private static String filtered(KeyFilter filter, Parameters parameters) {
        return (filter.status().isEmpty() ? "" : " and " + (filter.active() ? "" : "not ") + ACTIVE_NOW)
                + (filter.withoutRateLimit() ? " and rate_limit_window is null" : "")
                + (filter.projects() == null
                        ? ""
                        : " and project_id = any("
                                + parameters.add(filter.projects().toArray(new Long[0])) + ")")
                + (filter.team() == null ? "" : " and project_id in (" + OF_TEAM + parameters.add(filter.team()) + ")")
                + useCases(filter.everyUseCase());
    }

    /** Leaves out the keys whose use case is not {@code user}, unless every use case is wanted. */
    private static String useCases(boolean every) {
        return every ? "" : " and use_case = '" + KeyIdentity.DEFAULT_USE_CASE + "'";
    }

    private static String page(PageRequest request, Parameters parameters) {
        return request.descending("id", () -> parameters.add(request.cursor().id())) + " offset "
                + parameters.add((long) request.skip()) + " limit " + parameters.add((long) request.fetch());
    }

    /**
     * Replaces a text that cannot be a public key by an empty text, which matches no row. PostgreSQL refuses a text
     * with a NUL, and no key is longer than 32 characters.
     */
    private static String emptyIfUnstorable(String publicKey) {
        return publicKey.length() > MAX_KEY_LENGTH || publicKey.indexOf('\0') >= 0 ? "" : publicKey;
    }
}
