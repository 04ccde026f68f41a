package dev.countersign.gate.known;

import static dev.countersign.gate.known.TwoGates.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.RawHttp.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gate that opens on failure passes everything after its grace, except keys that were bad when it last knew. */
@Tag("faults")
class OpenGateIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final TwoGates GATES =
            new TwoGates(Map.of("COUNTERSIGN_GATE_GRACE", "5s", "COUNTERSIGN_GATE_ON_FAILURE", "open"));

    @Test
    void everythingPassesButWhatIsKnownToBeBad() throws Exception {
        Tenant tenant = Tenant.create();
        String good = tenant.newKey("{}");
        String bad = tenant.newKey("{}");
        Api.operator().put(tenant.key(bad), "{\"isActive\":false}").then().statusCode(200);
        GATES.awaitVerdict(PATIENCE, tenant, good, "200");
        GATES.awaitVerdict(PATIENCE, tenant, bad, "inactive");
        GATES.proxy().refuse();
        try {
            assertThat(GATES.verdict(tenant, NOBODY)).isEqualTo("unavailable");

            GATES.awaitVerdict(PATIENCE, tenant, NOBODY, "200");

            Answer passed = GATES.ask(tenant.projectId(), NOBODY);
            assertThat(passed.header("X-Countersign-Organization")).isEqualTo("-");
            assertThat(passed.header("X-Countersign-Project")).isEqualTo("-");
            assertThat(passed.header("X-Countersign-Key")).isEqualTo("-");
            assertThat(GATES.ask(tenant.projectId(), good).header("X-Countersign-Key"))
                    .isEqualTo(good);
            assertThat(GATES.verdict(tenant, bad)).isEqualTo("inactive");
            assertThat(GATES.verdict(tenant, "nokey")).isEqualTo("unknown_key");
        } finally {
            GATES.proxy().accept();
        }
        GATES.awaitVerdict(PATIENCE, tenant, NOBODY, "unknown_key");
        GATES.awaitVerdict(PATIENCE, tenant, good, "200");
    }

    @Test
    void gateThatStartsWithoutItsDatabasePassesNothingDuringTheGrace() throws Exception {
        GATES.proxy().refuse();
        try (PackagedService third =
                GATES.start(Map.of("COUNTERSIGN_GATE_GRACE", "5m", "COUNTERSIGN_GATE_ON_FAILURE", "open"))) {
            int port = third.listeningGatePort();
            assertThat(TwoGates.verdict(TwoGates.ask(port, 1, NOBODY))).isEqualTo("unavailable");

            GATES.proxy().accept();
            assertThat(Poll.until(() -> TwoGates.verdict(TwoGates.ask(port, 1, NOBODY)), "unknown_key"::equals))
                    .isEqualTo("unknown_key");
        } finally {
            GATES.proxy().refuse();
            GATES.proxy().accept();
        }
    }
}
