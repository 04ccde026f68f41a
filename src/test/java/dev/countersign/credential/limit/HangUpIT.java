package dev.countersign.credential.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.PlainPath;
import dev.countersign.testsupport.http.RawHttp;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that hangs up while the service looks up its API key does not use up the limit of that key. */
class HangUpIT {

    private static final int AT_ONCE = 3;
    private static final int HANG_UPS = 200;

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of(
            "COUNTERSIGN_CACHE_ENTRIES", "0", "COUNTERSIGN_API_RATE_LIMIT_CONCURRENT_LIMIT", String.valueOf(AT_ONCE)));

    @Test
    void disconnectedRequestsAreNotCounted() throws Exception {
        String keys = SERVICE.get().newProject("acme");
        String key = PlainPath.of(SERVICE.get()
                        .send("POST", "organizations/acme/api-keys/", """
                                        {"label":"x","scope_list":["project:read"]}""")
                        .body())
                .getString("key");
        Client client = SERVICE.get().client(Duration.ofSeconds(60));
        List<RawHttp> hangingUp = new ArrayList<>();
        try (Connection connection = SERVICE.postgres().begin("lock table api_key in access exclusive mode")) {
            for (int i = 0; i < HANG_UPS; i++) {
                hangingUp.add(new RawHttp(SERVICE.get().port())
                        .send("GET /api/0/" + keys + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                                + "\r\n\r\n"));
            }
            assertThat(Poll.until(() -> isWaited(connection), waited -> waited)).isTrue();
            for (RawHttp open : hangingUp) {
                open.close();
            }
            // Once this is answered, the service has seen the ends that came before it on the same event loops.
            for (int i = 0; i < AT_ONCE; i++) {
                client.send("GET", "/q/health/live", "").join();
            }
            connection.rollback();
        }

        assertThat(Poll.until(
                        () -> client.send("GET", "/api/0/" + keys, "", key)
                                .join()
                                .statusCode(),
                        status -> status == 200))
                .isEqualTo(200);
    }

    private static boolean isWaited(Connection connection) {
        try (ResultSet waiting =
                connection.createStatement().executeQuery("select count(*) from pg_locks where not granted")) {
            return waiting.next() && waiting.getInt(1) > 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
