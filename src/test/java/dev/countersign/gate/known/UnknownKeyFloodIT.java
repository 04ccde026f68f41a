package dev.countersign.gate.known;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.http.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A million different keys that do not exist, sent to a gate with a small heap: good keys go on to pass. */
@Tag("faults")
class UnknownKeyFloodIT {

    private static final int KEYS = 1_000_000;
    private static final int CLIENTS = 8;
    private static final int AT_ONCE = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @RegisterExtension
    static final TwoGates GATES = new TwoGates(Map.of("JAVA_TOOL_OPTIONS", "-Xmx96m"));

    @Test
    void goodKeysPassWhileAMillionUnknownKeysAreSent() throws Exception {
        Tenant tenant = Tenant.create();
        String good = tenant.newKey("{}");
        GATES.awaitVerdict(PATIENCE, tenant, good, "200");
        AtomicLong next = new AtomicLong();
        AtomicInteger passed = new AtomicInteger();
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(CompletableFuture.runAsync(() -> send(tenant, next, passed)));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(clients.toArray(new CompletableFuture<?>[0]));

        while (!all.isDone()) {
            assertThat(TwoGates.verdict(
                            GateClient.impatient(GATES.port(), TwoGates.TOKEN).nginx(tenant.store(good))))
                    .isEqualTo("200");
        }

        all.join();
        assertThat(passed).hasValue(0);
        assertThat(GATES.second().process().isAlive()).isTrue();
        assertThat(GATES.second().output()).noneMatch(line -> line.contains("OutOfMemoryError"));
        assertThat(GATES.verdict(tenant, good)).isEqualTo("200");
        PackagedService service = GATES.second();
        assertThat(service.metric("countersign_gate_known_keys")).isNotEqualTo("0.0");
    }

    /** Sends many questions on a connection before it reads their answers. */
    private static void send(Tenant tenant, AtomicLong next, AtomicInteger passed) {
        GateClient gate = GateClient.impatient(GATES.port(), TwoGates.TOKEN);
        try (RawHttp connection = new RawHttp(gate.port())) {
            while (next.get() < KEYS) {
                StringBuilder questions = new StringBuilder();
                for (int i = 0; i < AT_ONCE; i++) {
                    String key = String.format("%032x", next.incrementAndGet());
                    questions.append(gate.head(
                            "GET",
                            "original",
                            "X-Original-URI: " + tenant.store(key) + "\r\nX-Original-Method: POST\r\n"));
                }
                connection.send(questions.toString());
                for (int i = 0; i < AT_ONCE; i++) {
                    passed.addAndGet(connection.require(true).status() == 200 ? 1 : 0);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
