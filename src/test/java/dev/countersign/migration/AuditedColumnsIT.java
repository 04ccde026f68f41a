package dev.countersign.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.WithReplicas;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every column of every table is in the audit log, or in a list of this class. */
@WithReplicas
class AuditedColumnsIT {

    /** Links, earlier slugs, hand-overs, keys of repeated requests, removed keys, what the gate counts, the log itself, and migrations. */
    private static final Set<String> NOT_AUDITED_AS_ROWS = Set.of(
            "project_team",
            "project_redirect",
            "wizard_handover",
            "idempotency_record",
            "removed_client_key",
            "removed_api_key",
            "key_window",
            "key_usage_hour",
            "key_usage_day",
            "key_last_seen",
            "usage_counting",
            "gate_flush",
            "relay_token_secret",
            "audit_log",
            "flyway_schema_history");

    /** Secrets, and columns that the service maintains. The members of {@code settings} are audited one by one. */
    private static final Map<String, List<String>> NOT_AUDITED = Map.of(
            "organization", List.of("apply_owner", "changed_by", "date_added", "settings"),
            "team", List.of("apply_owner", "changed_by", "date_added"),
            "project", List.of("apply_owner", "changed_by", "date_added", "settings"),
            "project_key", List.of("apply_owner", "changed_by", "date_added", "secret_key"),
            "api_key", List.of("apply_owner", "changed_by", "date_added", "key_hash", "last_used"));

    private final Replicas.Pair replicas;

    AuditedColumnsIT(Replicas.Pair replicas) {
        this.replicas = replicas;
    }

    static Set<String> tables() {
        return NOT_AUDITED.keySet();
    }

    @BeforeEach
    void createApiKey() {
        replicas.newTenant().newApiKey("project:read");
    }

    @Test
    void everyTableIsListed() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(texts(connection, "select tablename from pg_tables where schemaname = 'public'"))
                    .allMatch(table -> NOT_AUDITED_AS_ROWS.contains(table) || NOT_AUDITED.containsKey(table));
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyUnlistedColumnIsAudited(String table) throws SQLException {
        try (Connection connection = connect()) {
            assertThat(texts(
                            connection,
                            "select name from (select to_jsonb(t) as stored from %s t limit 1) row,".formatted(table)
                                    + " jsonb_object_keys(stored) as name where not audit_members(stored) ? name"
                                    + " order by name"))
                    .isEqualTo(NOT_AUDITED.get(table));
        }
    }

    /** A new column is audited without a change of the audit log. */
    @ParameterizedTest
    @MethodSource("tables")
    void laterColumnsAreAudited(String table) throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("alter table %s add column added_later text".formatted(table));
            connection
                    .createStatement()
                    .execute("update %1$s set added_later = 'new' where id = (select max(id) from %1$s)"
                            .formatted(table));

            assertThat(texts(connection, "select after::text from audit_log order by id desc limit 1"))
                    .containsExactly("""
                            {"added_later": "new"}""");
            connection.rollback();
        }
    }

    private Connection connect() throws SQLException {
        return replicas.connect();
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
