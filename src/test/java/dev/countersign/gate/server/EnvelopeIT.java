package dev.countersign.gate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.http.RawHttp;
import dev.countersign.testsupport.http.RawHttp.Answer;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the gate reads the body of an envelope that Envoy passes on. */
class EnvelopeIT {

    private static final int MAX_BODY = 65_536;

    @RegisterExtension
    static final OwnService SERVICE =
            new OwnService(Map.of("COUNTERSIGN_GATE_PORT", "0", "COUNTERSIGN_GATE_TRUSTED_ADDRESSES", "127.0.0.1,::1"));

    private GateClient gate;
    private String path;
    private String dsnLine;

    @BeforeEach
    void createKey() {
        RestAssured.port = SERVICE.get().port();
        gate = new GateClient(SERVICE.get().gatePort(), null);
        Tenant tenant = Tenant.create();
        path = "/api/" + tenant.projectId() + "/envelope/";
        dsnLine = """
                {"dsn":"https://%s@ingest.example.com/%d"}
                """.formatted(tenant.newKey("{}"), tenant.projectId());
    }

    @Test
    void keyOfTheDsnIsRead() {
        assertEnds(path, dsnLine, "");
        assertEnds("/api/7/envelope/", dsnLine, "ambiguous");
    }

    @Test
    void bodyUpTo64KibibytesIsRead() {
        String largest = dsnLine + "x".repeat(MAX_BODY - dsnLine.length());

        assertEnds(path, largest, "");
        assertThat(gate.envelope(path, largest + "x").header("X-Countersign-Reason"))
                .isEqualTo("no_key");
    }

    @Test
    void compressedBodyIsNotSeen() {
        assertThat(gate.envelope(path, dsnLine, "Content-Encoding", "gzip").header("X-Countersign-Reason"))
                .isEqualTo("no_key");
    }

    @Test
    void bodyOfOtherRequestsIsNotSeen() {
        assertThat(gate.envelope(path.replace("envelope", "store"), dsnLine).header("X-Countersign-Reason"))
                .isEqualTo("no_key");
        assertThat(gate.ask(
                                "POST",
                                "forwarded",
                                "Content-Length: 0\r\nX-Forwarded-Uri: " + path + "\r\nX-Forwarded-Method: POST\r\n")
                        .header("X-Countersign-Reason"))
                .isEqualTo("no_key");
    }

    @Test
    void bodyThatDoesNotComeIsNotSeen() throws IOException {
        String head = gate.head("POST", "path" + path, "Content-Length: " + dsnLine.length() + "\r\n");
        String again = gate.head("POST", "path" + path, "Content-Length: 0\r\n");
        try (RawHttp connection = new RawHttp(gate.port())) {
            connection.send(head + dsnLine.substring(1));

            assertThat(connection.require(true).header("X-Countersign-Reason"))
                    .as("the answer does not wait for the last byte")
                    .isEqualTo("no_key");

            connection.send("\n" + again);

            assertThat(connection.require(true).header("X-Countersign-Reason"))
                    .as("the next question on the connection")
                    .isEqualTo("no_key");
        }
    }

    @Test
    void hangingUpInTheMiddleOfABodyHarmsNobody() throws IOException {
        try (RawHttp connection = new RawHttp(gate.port())) {
            connection.send(gate.head("POST", "path" + path, "Content-Length: 100\r\n") + "{");
        }

        assertEnds(path, dsnLine, "");
        assertThat(SERVICE.get().output()).noneMatch(line -> line.contains("could not answer"));
    }

    /** The gate waits for 50 ms for a body, which may come later on a busy machine, and is sent again then. */
    private void assertEnds(String target, String body, String reason) {
        Answer last = Poll.until(() -> gate.envelope(target, body), answer -> answer.header("X-Countersign-Reason")
                .equals(reason));
        assertThat(last.header("X-Countersign-Reason")).isEqualTo(reason);
        assertThat(last.status() == 200).as(last.toString()).isEqualTo(reason.isEmpty());
    }
}
