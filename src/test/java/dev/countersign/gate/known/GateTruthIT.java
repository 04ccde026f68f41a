package dev.countersign.gate.known;

import static dev.countersign.gate.known.TwoGates.NOBODY;
import static dev.countersign.gate.known.TwoGates.PROMISE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Tenant;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the gate of a replica answers while its database, or its connection for announcements, is away. Each question is
 * answered in time: {@link TwoGates#ask} checks that.
 */
@Tag("faults")
class GateTruthIT {

    private static final Duration GRACE = Duration.ofSeconds(4);

    /** The silence before the grace, the grace, and time for a busy machine. */
    private static final Duration UNTIL_GRACE_IS_OVER = GRACE.plusSeconds(26);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final TwoGates GATES = new TwoGates(Map.of("COUNTERSIGN_GATE_GRACE", GRACE.toString()));

    private static final FaultTimes TIMES = new FaultTimes();

    private Tenant tenant;
    private String known;
    private String unread;

    @BeforeEach
    void createKeys() {
        tenant = Tenant.create();
        known = tenant.newKey("{}");
        unread = tenant.newKey("{}");
        GATES.awaitVerdict(PATIENCE, tenant, known, "200");
    }

    @AfterAll
    static void report() throws IOException {
        TIMES.report();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "silenced", "cut and silenced"})
    void changeIsObeyedWithinASecondWithoutAnnouncements(String fault) throws Exception {
        if (fault.contains("silenced")) {
            GATES.proxy().silenceListeners();
        }
        if (fault.contains("cut")) {
            GATES.proxy().cutListeners();
        }
        switchTo(false);
        GATES.awaitVerdict(PROMISE, tenant, known, "inactive");
        switchTo(true);
        GATES.awaitVerdict(PROMISE, tenant, known, "200");
        for (int i = 0; i < 100; i++) {
            assertThat(timed("key in memory, announcements " + fault, known)).isEqualTo("200");
        }
        assertThat(GATES.verdict(tenant, unread)).isEqualTo("200");
        assertThat(GATES.verdict(tenant, NOBODY)).isEqualTo("unknown_key");

        GATES.proxy().heal();
        switchTo(false);
        GATES.awaitVerdict(PROMISE, tenant, known, "inactive");
    }

    @ParameterizedTest
    @EnumSource(DatabaseOutage.class)
    void knownKeysPassDuringTheGraceAndNothingPassesAfterwards(DatabaseOutage outage) throws Exception {
        String fault = outage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        long end = System.nanoTime() + GRACE.toNanos();
        outage.begin(GATES);
        try {
            while (System.nanoTime() < end) {
                String verdict = timed("key in memory, database " + fault, known);
                if (System.nanoTime() < end) { // an answer that comes later may have been given after the grace
                    assertThat(verdict).isEqualTo("200");
                }
                assertThat(timed("other key, database " + fault, unread)).isEqualTo("unavailable");
                assertThat(timed("other key, database " + fault, NOBODY)).isEqualTo("unavailable");
            }
            GATES.awaitVerdict(UNTIL_GRACE_IS_OVER, tenant, known, "unavailable");
            assertThat(GATES.verdict(tenant, known)).isEqualTo("unavailable");
            assertThat(GATES.verdict(tenant, "nokey")).isEqualTo("unknown_key");
        } finally {
            outage.end(GATES);
        }

        GATES.awaitVerdict(PATIENCE, tenant, known, "200");
        GATES.awaitVerdict(PATIENCE, tenant, unread, "200");
        switchTo(false);
        GATES.awaitVerdict(PROMISE, tenant, known, "inactive");
    }

    @Test
    void changeDuringAnOutageIsObeyedAfterwards() throws Exception {
        GATES.proxy().hang();
        switchTo(false);
        GATES.proxy().resume();

        GATES.awaitVerdict(PROMISE, tenant, known, "inactive");
    }

    /** Keys that were never asked for are in memory too, once the service is ready. */
    @Test
    void keysAreInMemoryBeforeTheServiceIsReady() throws Exception {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            keys.add(tenant.newKey("{}"));
        }
        try (PackagedService third = GATES.start(Map.of())) {
            int port = third.gatePort();
            GATES.proxy().hang();
            for (String key : keys) {
                assertThat(TwoGates.verdict(TwoGates.ask(port, tenant.projectId(), key)))
                        .isEqualTo("200");
            }
        } finally {
            GATES.proxy().resume();
        }
    }

    private String timed(String fault, String key) {
        long asked = System.nanoTime();
        String verdict = GATES.verdict(tenant, key);
        TIMES.add(fault, System.nanoTime() - asked);
        return verdict;
    }

    private void switchTo(boolean active) {
        Api.operator()
                .put(tenant.key(known), "{\"isActive\":" + active + "}")
                .then()
                .statusCode(200);
    }
}
