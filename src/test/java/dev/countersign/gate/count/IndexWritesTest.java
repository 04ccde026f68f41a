package dev.countersign.gate.count;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.gate.count.CountedDatabase.Replica;
import dev.countersign.gate.known.KnownKey;
import dev.countersign.testsupport.Poll;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an interval costs in PostgreSQL, as its statistics tell. The test has a database of its own. */
class IndexWritesTest {

    @RegisterExtension
    static final CountedDatabase DATABASE = new CountedDatabase();

    private static final AtomicLong IDS = new AtomicLong();

    private final Replica replica = DATABASE.replica();

    /** An update that PostgreSQL calls HOT writes to no index. */
    @Test
    void countsOfAUsedKeyWriteToNoIndex() throws SQLException {
        List<KnownKey> keys = Stream.generate(() -> KeyFixture.key(IDS.incrementAndGet(), 0, 0))
                .limit(2_000)
                .toList();
        for (int interval = 0; interval < 10; interval++) {
            replica.setClock(Instant.parse("2026-11-02T10:30:10Z").plusSeconds(interval));
            keys.forEach(key -> replica.counts().admit(key, true));
            replica.flush();
        }
        replica.close();

        assertThat(Poll.until(() -> updates("n_tup_upd"), updated -> updated >= 18_000))
                .isEqualTo(18_000);
        assertThat(updates("n_tup_hot_upd")).as("of 18,000").isGreaterThan(17_000);
    }

    private static long updates(String column) {
        return DATABASE.postgres().counter("key_last_seen", column);
    }
}
