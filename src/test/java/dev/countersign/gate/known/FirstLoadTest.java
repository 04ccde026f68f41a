package dev.countersign.gate.known;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How PostgreSQL reads the first keys of a gate. */
class FirstLoadTest {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @BeforeAll
    static void migrate() throws IOException, SQLException {
        POSTGRES.migrate();
    }

    /** Else each page of 2,000 keys would read and sort all keys. */
    @Test
    void lastUsedKeysAreReadInTheOrderOfAnIndex() throws SQLException {
        String page = new KnownKeyTable.FirstLoad()
                .sql()
                .replace("$1", "timestamp '2026-11-26 12:00'")
                .replace("$2", "5")
                .replace("$3", "2000");

        assertThat(plan(page))
                .contains("Index Scan Backward using key_last_seen_minute_idx")
                .doesNotContain("Sort");
    }

    /** The plan that sorts and reads whole tables only where there is no other way: the tables of the test are empty. */
    private static String plan(String query) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = POSTGRES.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set enable_sort = off; set enable_seqscan = off");
            ResultSet rows = statement.executeQuery("explain " + query);
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
