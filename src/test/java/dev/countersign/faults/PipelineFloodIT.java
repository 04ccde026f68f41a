package dev.countersign.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.http.RawHttp;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections that send requests without reading the answers, against a service with 192 MB of heap. */
@Tag("faults")
class PipelineFloodIT {

    private static final int CONNECTIONS = 12;
    private static final int REQUESTS = 40_000;
    private static final int BEHIND_ONE = 200_000;

    /** The time for which the service has to bear the flood. */
    private static final Duration FLOOD = Duration.ofSeconds(10);

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of("JAVA_TOOL_OPTIONS", "-Xmx192m"));

    private static String keys;

    @BeforeAll
    static void start() throws Exception {
        keys = SERVICE.get().newProject("acme");
    }

    @Test
    void unreadAnswersAreHeldBack() throws Exception {
        String request = "GET /api/0/nothing/ HTTP/1.1\r\nHost: localhost\r\nX-Padding: 0123456789\r\n\r\n";

        assertSurvived(CONNECTIONS, "", request.repeat(REQUESTS));
    }

    @Test
    void requestsBehindAWaitingOneAreHeldBack() throws Exception {
        String slow = "POST /api/0/organizations/acme/teams/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Api.OPERATOR_TOKEN
                + "\r\nContent-Length: 14\r\n\r\n{\"slug\":\"new\"}";
        try (Connection locking = SERVICE.postgres().begin("lock table team")) {
            assertSurvived(1, slow, "GET / HTTP/1.1\r\n\r\n".repeat(BEHIND_ONE));
            locking.rollback();
        }
    }

    /** Sends a flood, and other requests during and after it. */
    private static void assertSurvived(int connections, String first, String flood) throws Exception {
        List<RawHttp> flooding = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                flooding.add(flood(first, flood));
            }
            long end = System.nanoTime() + FLOOD.toNanos();
            while (System.nanoTime() < end) {
                assertServed();
            }
        } finally {
            for (RawHttp connection : flooding) {
                connection.close();
            }
        }
        assertServed();
        assertThat(SERVICE.get().output()).noneMatch(line -> line.contains("OutOfMemory"));
    }

    private static void assertServed() throws Exception {
        assertThat(SERVICE.get().process().isAlive())
                .as(String.join("\n", SERVICE.get().output()))
                .isTrue();
        assertThat(SERVICE.get().get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(SERVICE.get().send("POST", keys, "{}").statusCode()).isEqualTo(201);
    }

    /** Opens a connection and writes to it in another thread. */
    private static RawHttp flood(String first, String rest) throws IOException {
        RawHttp connection = new RawHttp(SERVICE.get().port());
        Thread writer = new Thread(() -> {
            try {
                connection.send(first).send(rest);
            } catch (IOException closed) {
                // by the test, or by the service, which may have had enough
            }
        });
        writer.setDaemon(true);
        writer.start();
        return connection;
    }
}
