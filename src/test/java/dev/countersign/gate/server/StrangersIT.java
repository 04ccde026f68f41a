package dev.countersign.gate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.http.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections of peers that are no gateways, and that never send a whole request, to a gate with 128 MB of heap. */
class StrangersIT {

    private static final String TOKEN = "token-of-the-gateways-in-the-tests";

    /** More connections than the gate keeps. */
    private static final int STRANGERS = 3000;

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(
            Map.of("JAVA_TOOL_OPTIONS", "-Xmx128m", "COUNTERSIGN_GATE_PORT", "0", "COUNTERSIGN_GATE_TOKEN", TOKEN));

    private final GateClient gate = new GateClient(SERVICE.get().gatePort(), TOKEN);

    /** Each stranger sends part of a request: a number of bytes of the line, then a number of header bytes. */
    @ParameterizedTest
    @CsvSource({"16000, 0", "10, 60000"})
    void gatewaysAreServed(int line, int headers) throws Exception {
        String part = "GET /" + "a".repeat(line)
                + (headers == 0
                        ? ""
                        : " HTTP/1.1\r\n" + ("X-Long: " + "a".repeat(990) + "\r\n").repeat(headers / 1000));
        List<RawHttp> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < STRANGERS; i++) {
                RawHttp stranger = new RawHttp(gate.port());
                strangers.add(stranger);
                stranger.send(part);
                if (i % (STRANGERS / 10) == 0) {
                    assertServed();
                }
            }
            assertServed();
            assertThat(strangers.get(0).isClosed())
                    .as("the connection that waits longest ends")
                    .isTrue();
        } finally {
            for (RawHttp stranger : strangers) {
                stranger.close();
            }
        }
        assertThat(SERVICE.get().output()).noneMatch(out -> out.contains("OutOfMemory"));
    }

    /** A gateway keeps its connections, used or not, however many strangers come after it. */
    @Test
    void connectionsOfAGatewayStayOpen() throws Exception {
        String question =
                gate.head("GET", "forwarded", "X-Forwarded-Uri: /api/7/store/\r\nX-Forwarded-Method: POST\r\n");
        List<RawHttp> strangers = new ArrayList<>();
        try (RawHttp gateway = new RawHttp(gate.port());
                RawHttp unused = new RawHttp(gate.port())) {
            assertThat(gateway.send(question).require(true).status()).isEqualTo(401);
            for (int i = 0; i < STRANGERS; i++) {
                strangers.add(new RawHttp(gate.port()).send("GET /"));
            }
            assertThat(strangers.get(0).isClosed()).isTrue();
            assertThat(gateway.send(question).require(true).header("X-Countersign-Reason"))
                    .isEqualTo("no_key");
            assertThat(unused.send(question).require(true).status()).isEqualTo(401);
        } finally {
            for (RawHttp stranger : strangers) {
                stranger.close();
            }
        }
    }

    private void assertServed() {
        assertThat(gate.nginx("/api/7/store/").header("X-Countersign-Reason")).isEqualTo("no_key");
    }
}
