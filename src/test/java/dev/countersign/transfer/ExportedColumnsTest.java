package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.postgres.OwnPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every column of the schema is exported and imported, or stands here with the reason why not. {@link RoundTripTest} compares
 * the columns that are exported.
 */
class ExportedColumnsTest {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final TransferDatabase DATABASE = new TransferDatabase(POSTGRES);

    private static final Map<String, String> TABLES_NOT_EXPORTED = Map.ofEntries(
            Map.entry("api_key", "only hashes are stored, and a new installation gives its own credentials"),
            Map.entry("audit_log", "tells what was done here; an import has an entry of its own"),
            Map.entry("flyway_schema_history", "tells what was migrated here"),
            Map.entry("gate_flush", "numbers what the gates of this installation have counted"),
            Map.entry("idempotency_record", "answers repetitions of requests to this installation, for a day"),
            Map.entry("key_last_seen", "was seen by the gates of this installation"),
            Map.entry("key_usage_day", "was counted by the gates of this installation"),
            Map.entry("key_usage_hour", "was counted by the gates of this installation"),
            Map.entry("key_window", "was counted by the gates of this installation, for the limits of the moment"),
            Map.entry("relay_token_secret", "signs the tokens of this installation's relays"),
            Map.entry("removed_api_key", "a key that does not exist cannot move"),
            Map.entry("removed_client_key", "a key that does not exist cannot move"),
            Map.entry("usage_counting", "tells since when the gates of this installation count"),
            Map.entry("wizard_handover", "lives for minutes"));

    private static final Map<String, String> COLUMNS_NOT_EXPORTED = Map.of(
            "changed_by", "the import is the author",
            "apply_owner", "apply removes only what it has made in this installation",
            "organization.settings", "nothing writes this column");

    @Test
    void everyTableIsExportedOrHasAReason() throws SQLException {
        List<String> tables =
                POSTGRES.texts("select table_name from information_schema.tables where table_schema = 'public'");

        assertThat(tables).containsAll(TABLES_NOT_EXPORTED.keySet()).containsAll(RoundTripTest.TABLES);
        tables.removeAll(TABLES_NOT_EXPORTED.keySet());
        assertThat(tables).containsExactlyInAnyOrderElementsOf(RoundTripTest.TABLES);
    }

    /** A column whose rows have one value would be the same after an export that leaves the column out. */
    @Test
    void everyColumnIsExportedOrHasAReason() throws SQLException {
        GeneratedOrganizations.store(POSTGRES, new Random(1));

        for (String table : RoundTripTest.TABLES) {
            List<String> columns = POSTGRES.texts("select column_name from information_schema.columns"
                    + " where table_schema = 'public' and table_name = '" + table + "'");
            assertThat(columns).isNotEmpty();
            columns.removeIf(column ->
                    COLUMNS_NOT_EXPORTED.containsKey(column) || COLUMNS_NOT_EXPORTED.containsKey(table + "." + column));
            for (String column : columns) {
                assertThat(Integer.valueOf(POSTGRES.single(
                                "select count(distinct coalesce(" + column + "::text, 'null')) from " + table)))
                        .as("values of %s.%s, which must be exported or named here", table, column)
                        .isGreaterThan(1);
            }
        }
    }
}
