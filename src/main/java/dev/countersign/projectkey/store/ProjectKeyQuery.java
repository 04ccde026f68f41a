package dev.countersign.projectkey.store;

import static dev.countersign.projectkey.store.ProjectKeyTable.ACTIVE_NOW;
import static dev.countersign.projectkey.store.ProjectKeyTable.EXPIRED_NOW;
import static dev.countersign.projectkey.store.ProjectKeyTable.TABLE;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.merge.MergeableStatement;
import dev.countersign.postgres.merge.RowLookup;
import dev.countersign.postgres.table.Condition;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.web.paging.PageRequest;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/** Static helper: builds the conditions and the orders of the SQL statements that read, change and remove client keys. */
public final class ProjectKeyQuery {

    /** The number of days occurs twice. */
    private static final String UNUSED = " and date_added < now() - interval '%1$d days' and not exists (select from"
            + " key_last_seen where key_id = project_key.id and last_seen >= now() - interval '%1$d days')";

    private static final String NOT_REPLACED = " and replaced_by is null";
    private static final String OF_TEAM = "select project_id from project_team where team_id = ";
    private static final int MAX_CALLED = 101;
    private static final int MAX_KEY_LENGTH = 32;

    private static final MergeableStatement LOOKUP = lookup(true);
    private static final MergeableStatement LOOKUP_FOR_SDKS = lookup(false);

    private ProjectKeyQuery() {}

    /** SQL that reads the keys that match a condition. Adds the values of the condition to the parameters. */
    public static String select(Condition condition, Parameters parameters) {
        return TABLE.select() + condition.sql(parameters);
    }

    /** The statement that reads one key of a project by its public key, if the caller may see the key. */
    static MergeableStatement lookup(Caller caller) {
        return caller.isOperator() ? LOOKUP : LOOKUP_FOR_SDKS;
    }

    /** The values of {@link #lookup}. */
    static Tuple lookupValues(long projectId, String publicKey) {
        return Tuple.of(emptyIfUnstorable(publicKey), projectId);
    }

    private static MergeableStatement lookup(boolean everyUseCase) {
        return new RowLookup<>(TABLE, ProjectKeyTable.PUBLIC_KEY, ProjectKeyTable.PROJECT_ID, useCases(everyUseCase));
    }

    /** The condition that selects one key of a project by its public key, if the caller may see the key. */
    public static Condition byPublicKey(Caller caller, long projectId, String publicKey) {
        return parameters -> "public_key = " + parameters.add(emptyIfUnstorable(publicKey)) + " and project_id = "
                + parameters.add(projectId) + useCases(caller.isOperator());
    }

    /** The condition that selects the keys that match another condition and have not expired. */
    public static Condition unexpired(Condition condition) {
        return parameters -> condition.sql(parameters) + " and not " + EXPIRED_NOW;
    }

    /** The condition that selects the keys that match another condition, are active, and were not replaced. */
    public static Condition replaceable(Condition condition) {
        return parameters -> condition.sql(parameters) + " and " + ACTIVE_NOW + NOT_REPLACED;
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
                + same(key.dateExpires, parameters) + " and replaced_by" + same(key.replacedBy, parameters);
    }

    /**
     * The condition that selects a key as it was read, and all keys that it replaced, directly or not. Locks the key first, so
     * that two removals do not wait for each other.
     */
    public static Condition withReplaced(ProjectKey key) {
        return parameters -> """
                public_key in (
                    with recursive successor as materialized (select public_key from project_key where %s for update),
                        gone as (
                            select public_key from successor
                            union select replaced.public_key from project_key replaced join gone on replaced.replaced_by = gone.public_key)
                    select public_key from gone)""".formatted(asRead(key).sql(parameters));
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
        return parameters -> matching(organizationId, filter).sql(parameters) + page(request, parameters);
    }

    /** The condition that selects all keys of an organization that a filter lets through, without an order. */
    public static Condition matching(long organizationId, KeyFilter filter) {
        return parameters -> "organization_id = " + parameters.add(organizationId) + filtered(filter, parameters);
    }

    private static String filtered(KeyFilter filter, Parameters parameters) {
        return (filter.status().isEmpty() ? "" : " and " + (filter.active() ? "" : "not ") + ACTIVE_NOW)
                + (filter.withoutRateLimit() ? " and " + ProjectKeyTable.RATE_LIMIT_WINDOW.name() + " is null" : "")
                + (filter.unusedForDays() == null ? "" : UNUSED.formatted(filter.unusedForDays()))
                + (filter.projects() == null
                        ? ""
                        : " and project_id = any("
                                + parameters.add(filter.projects().toArray(new Long[0])) + ")")
                + (filter.team() == null ? "" : " and project_id in (" + OF_TEAM + parameters.add(filter.team()) + ")")
                + useCases(filter.everyUseCase());
    }

    /** Leaves out the keys whose use case is not {@code user}, unless every use case is wanted. */
    public static String useCases(boolean every) {
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
