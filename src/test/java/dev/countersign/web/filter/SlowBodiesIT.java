package dev.countersign.web.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.RawHttp;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many clients that each send most of a large body and never its end, to a service with 192 MB of heap. */
class SlowBodiesIT {

    private static final int CLIENTS = 300;
    private static final int MOST_OF_A_BODY = 1_000_000;

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of(
            "JAVA_TOOL_OPTIONS", "-Xmx192m",
            // Longer than the test takes on a busy machine, so that the bodies stay unfinished.
            "COUNTERSIGN_BODY_TIMEOUT", "30m"));

    private static String keys;

    @BeforeAll
    static void start() throws Exception {
        keys = SERVICE.get().newProject("acme");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Content-Length: 1048576", "Transfer-Encoding: chunked"})
    void unfinishedBodiesLeaveTheServiceUp(String length) throws Exception {
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(sendMostOfABody(length));
                if (i % (CLIENTS / 10) == 0) {
                    assertServed();
                }
            }
            assertServed();
            HttpResponse<String> large = create(MOST_OF_A_BODY);
            // The service reads what a client has sent a little later, and gives back the room of those that it
            // refused.
            for (int i = 0; i < CLIENTS && large.statusCode() != 503; i++) {
                clients.add(sendMostOfABody(length));
                large = create(MOST_OF_A_BODY);
            }
            assertThat(large.statusCode()).isEqualTo(503);
            assertThat(large.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(large.body()).isEqualTo("""
                    {"detail":"Service temporarily unavailable"}""");
        } finally {
            for (RawHttp client : clients) {
                client.close();
            }
        }
        assertServed();
        assertThat(Poll.until(SlowBodiesIT::statusOfALargeBody, status -> status == 400))
                .as("there is room again, once the service has noticed that the clients are gone")
                .isEqualTo(400);
        assertThat(SERVICE.get().output()).noneMatch(line -> line.contains("OutOfMemory"));
    }

    private static RawHttp sendMostOfABody(String length) throws Exception {
        RawHttp client = new RawHttp(SERVICE.get().port());
        client.send("POST /api/0/" + keys + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Api.OPERATOR_TOKEN + "\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n");
        try {
            if (length.startsWith("Transfer")) {
                client.send(Integer.toHexString(MOST_OF_A_BODY) + "\r\n");
            }
            client.send(new byte[MOST_OF_A_BODY]);
        } catch (SocketException refused) {
            // The service closed the connection: it had no room.
        }
        return client;
    }

    private static void assertServed() throws Exception {
        assertThat(create(50).statusCode()).isEqualTo(201);
        assertThat(SERVICE.get().send("GET", keys + "?per_page=1", "").statusCode())
                .isEqualTo(200);
    }

    private static int statusOfALargeBody() {
        try {
            return create(MOST_OF_A_BODY).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a key with a name of this length. */
    private static HttpResponse<String> create(int bytes) throws Exception {
        return SERVICE.get().send("POST", keys, """
                {"name":"%s"}""".formatted("x".repeat(bytes - 11)));
    }
}
