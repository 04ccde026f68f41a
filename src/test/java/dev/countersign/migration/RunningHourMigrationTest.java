package dev.countersign.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What V20 makes of the usage that an earlier version stored, or stores meanwhile. */
class RunningHourMigrationTest {

    private static final int VERSION = 20;

    /** What the version before writes in an interval. */
    private static final String COUNT = """
            insert into key_last_seen as stored (key_id, organization_id, last_seen, accepted, limited, rejected)
            values (%1$d, 1, '%2$s', 1, 0, 0)
            on conflict (key_id) do update
            set last_seen = greatest(stored.last_seen, excluded.last_seen), accepted = stored.accepted + excluded.accepted""";

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @Test
    void usageIsKept() throws IOException, SQLException {
        POSTGRES.migrateBefore(VERSION);
        POSTGRES.execute(COUNT.formatted(1, "2026-11-02T10:59:59.999+02"));
        POSTGRES.execute(COUNT.formatted(2, "1999-12-31T23:00:00Z"));
        POSTGRES.migrateTo(VERSION, "set time zone 'Asia/Kolkata'");
        POSTGRES.execute(COUNT.formatted(2, "2026-11-02T11:01:59.999Z"));
        POSTGRES.execute(COUNT.formatted(3, "2026-11-02T11:02:00Z"));

        assertThat(POSTGRES.texts("""
                        select key_id || ' ' || accepted || ' ' || seen_minute || ' ' || coalesce(hour::text, 'no hour')
                        from key_last_seen order by key_id"""))
                .containsExactly(
                        "1 1 2026-11-02 08:59:00 no hour",
                        "2 2 2026-11-02 11:01:00 no hour",
                        "3 1 2026-11-02 11:02:00 no hour");
    }
}
