package dev.countersign.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A table that PostgreSQL last analyzed when it had a few rows is read by its indexes after it has grown, though the
 * prepared plans are those of the small table.
 */
class GrowingTableIT {

    private static final int ADDED = 5_000;
    private static final int REQUESTS = 200;

    private static final String ANALYZED_FOR_THE_LAST_TIME = """
            alter table project_key set (autovacuum_enabled = off);
            analyze""";

    private static final String MANY_KEYS = """
            insert into project_key (organization_id, project_id, label, public_key, secret_key, active,
                browser_sdk_version, has_replay, has_performance, has_debug, has_feedback, has_logs_and_metrics,
                use_case, date_added, changed_by)
            select organization_id, id, 'Key', md5('public' || i), md5('secret' || i), true, '10.x', true, true, false,
                false, false, 'user', now(), 'operator'
            from project cross join generate_series(1, %d) i""".formatted(ADDED);

    private static final String SCANS = "seq_scan + idx_scan";
    private static final String ROWS_WITHOUT_AN_INDEX = "seq_tup_read";

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of());

    @Test
    void keysAreFoundByIndexesWhileTheirTableGrows() throws Exception {
        String keys = SERVICE.get().newProject("growing");
        String key = Api.url(keys + SERVICE.postgres().single("select public_key from project_key") + "/");
        SERVICE.postgres().execute(ANALYZED_FOR_THE_LAST_TIME);
        Client client = SERVICE.get().client(Duration.ofSeconds(30));
        retrieve(client, key); // PostgreSQL keeps a plan after the fifth execution in a session
        SERVICE.postgres().execute(MANY_KEYS);
        long scans = count(SCANS);
        long rows = count(ROWS_WITHOUT_AN_INDEX);

        retrieve(client, key);

        // PostgreSQL counts at most once a second, and when a session has been idle for ten.
        assertThat(Poll.until(() -> count(SCANS), now -> now > scans + 1)).isGreaterThan(scans + 1);
        assertThat(count(ROWS_WITHOUT_AN_INDEX) - rows).isLessThan(ADDED);
    }

    private static void retrieve(Client client, String key) {
        var answers = Stream.generate(() -> client.send("GET", key, ""))
                .limit(REQUESTS)
                .toList();
        assertThat(answers).extracting(answer -> answer.join().statusCode()).containsOnly(200);
    }

    private static long count(String counter) {
        return SERVICE.postgres().counter("project_key", counter);
    }
}
