package dev.countersign.apikey;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.table.Column;
import dev.countersign.postgres.table.Condition;
import dev.countersign.postgres.table.Table;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes the table {@code api_key} in constants: its columns, and the SQL conditions and statements that use these columns.
 */
public final class ApiKeyTable {

    static final Column<ApiKey, String> LABEL =
            Column.text("label", key -> key.label, (key, value) -> key.label = value);
    public static final Column<ApiKey, byte[]> KEY_HASH =
            Column.bytes("key_hash", key -> key.keyHash, (key, value) -> key.keyHash = value);
    static final Column<ApiKey, String> SCOPES =
            Column.text("scopes", key -> key.scopes, (key, value) -> key.scopes = value);
    static final Column<ApiKey, Boolean> ACTIVE =
            Column.bool("active", key -> key.active, (key, value) -> key.active = value);
    static final Column<ApiKey, String> ALLOWED_ORIGINS =
            Column.text("allowed_origins", key -> key.allowedOrigins, (key, value) -> key.allowedOrigins = value);
    static final Column<ApiKey, @Nullable Instant> DATE_EXPIRES =
            Column.optionalTime("date_expires", key -> key.dateExpires, (key, value) -> key.dateExpires = value);

    private static final Column<ApiKey, Long> ID =
            Column.number("id", ApiKey::requireId, (key, value) -> key.id = value);
    private static final Column<ApiKey, Long> ORGANIZATION_ID =
            Column.number("organization_id", key -> key.organizationId, (key, value) -> key.organizationId = value);
    private static final Column<ApiKey, Instant> DATE_ADDED =
            Column.time("date_added", key -> key.dateAdded, (key, value) -> key.dateAdded = value);
    private static final Column<ApiKey, @Nullable Instant> LAST_USED =
            Column.optionalTime("last_used", key -> key.lastUsed, (key, value) -> key.lastUsed = value);
    private static final Column<ApiKey, String> CHANGED_BY =
            Column.text("changed_by", key -> key.changedBy, (key, value) -> key.changedBy = value);

    /** The table of API keys. */
    public static final Table<ApiKey> TABLE = Table.of(
            "api_key",
            ApiKey.class,
            ApiKey::new,
            ID,
            ORGANIZATION_ID,
            LABEL,
            KEY_HASH,
            SCOPES,
            ACTIVE,
            ALLOWED_ORIGINS,
            DATE_ADDED,
            DATE_EXPIRES,
            LAST_USED,
            CHANGED_BY);

    /** The statement of the PostgreSQL client that reads a key by the hash of its secret. */
    static final String BY_HASH = TABLE.select() + KEY_HASH.name() + " = $1";

    private ApiKeyTable() {}

    /** The condition that selects one key of an organization by its id. */
    static Condition byId(long organizationId, long id) {
        return parameters -> "id = " + parameters.add(id) + " and organization_id = " + parameters.add(organizationId);
    }

    /**
     * The condition that selects one key of an organization by its id, if a caller may give all its scopes.
     */
    static Condition byId(Caller caller, long organizationId, long id) {
        Set<String> givable = caller.givableScopes();
        Condition key = byId(organizationId, id);
        return givable == null
                ? key
                : parameters ->
                        key.sql(parameters) + " and not exists (select from unnest(string_to_array(scopes, ' ')) scope"
                                + " where position(' ' || scope || ' ' in "
                                + parameters.add(" " + String.join(" ", givable) + " ")
                                + ") = 0)";
    }

    /**
     * Builds SQL that is true while an API key may still act with a scope.
     *
     * @param hash SQL that names the hash of the key's secret
     * @param scope the scope that the key must have been given
     */
    public static String mayStill(String hash, String scope) {
        return """
                exists (
                    select from api_key where key_hash = %s and active and (date_expires is null or date_expires > now())
                    and '%s' = any(string_to_array(scopes, ' ')))""".formatted(hash, scope);
    }

    /**
     * Builds an INSERT that adds an active key without an end for each row of a query.
     *
     * @param values SQL expressions, separated by commas: the organization, the label, the hash of the secret, the
     *     scopes and the credential that makes the key
     * @param from the SQL after {@code from}
     */
    public static String insert(String values, String from) {
        return "insert into api_key (organization_id, label, key_hash, scopes, changed_by, active, date_added) select "
                + values + ", true, now() from " + from;
    }
}
