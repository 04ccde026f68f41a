package dev.countersign.gate.known;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.http.RawHttp.Answer;
import dev.countersign.testsupport.postgres.PostgresProxy;
import dev.countersign.testsupport.postgres.PostgresServer;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Two packaged services on one database: changes are made through the first, and the gate of the second, which reaches the
 * database through a proxy, is asked. Register it as a static field.
 */
final class TwoGates implements BeforeAllCallback, AfterAllCallback {

    /** How soon the gate obeys a change. */
    static final Duration PROMISE = Duration.ofSeconds(1);

    /** The longest time until an answer, as a client sees it: 150 ms are promised. */
    private static final Duration ANSWER = Duration.ofSeconds(1);

    /** A machine may stand still for a second while a question is under way, but not each time. */
    private static final int ATTEMPTS = 10;

    /** How many answers of all tests of a class may be late for that reason. */
    private static final int MAX_LATE = 5;

    private static final AtomicInteger LATE = new AtomicInteger();

    static final String NOBODY = "0".repeat(32);

    static final String TOKEN = "token-of-the-gateways-in-the-tests";

    private final Map<String, String> settings;
    private @Nullable Path folder;
    private @Nullable PostgresServer postgres;
    private @Nullable PostgresProxy proxy;
    private @Nullable PackagedService first;
    private @Nullable PackagedService second;
    private int port;

    /**
     * Services with settings beside the common ones.
     *
     * @param settings environment variables
     */
    TwoGates(Map<String, String> settings) {
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        LATE.set(0);
        folder = Files.createTempDirectory("gates");
        postgres = PostgresServer.create(
                        PostgresServer.embeddedBinaries(), folder.resolve("data"), "max_connections=40")
                .start();
        proxy = new PostgresProxy(postgres.port());
        Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres.port(), "postgres"));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        environment.put("COUNTERSIGN_MIGRATE", "at-start");
        first = PackagedService.start(environment).awaitReady();
        second = start(settings);
        port = second.gatePort();
        RestAssured.port = first.port();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        second().close();
        if (first != null) {
            first.close();
        }
        proxy().close();
        postgres().close();
        try (Stream<Path> files = Files.walk(Objects.requireNonNull(folder))) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
        assertThat(LATE).as("late answers").hasValueLessThanOrEqualTo(MAX_LATE);
    }

    /** Starts another service with a gate behind the proxy. */
    PackagedService start(Map<String, String> further) throws Exception {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(proxy().port(), "postgres"));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        environment.put("COUNTERSIGN_GATE_PORT", "0");
        environment.put("COUNTERSIGN_GATE_TOKEN", TOKEN);
        environment.putAll(further);
        return PackagedService.start(environment).awaitReady();
    }

    PostgresProxy proxy() {
        return Objects.requireNonNull(proxy);
    }

    /** The port of the gate of the second service. */
    int port() {
        return port;
    }

    PackagedService second() {
        return Objects.requireNonNull(second);
    }

    PostgresServer postgres() {
        return Objects.requireNonNull(postgres);
    }

    /** Executes SQL past both services. */
    void sql(String sql) throws SQLException {
        try (Connection connection = postgres().connect()) {
            connection.createStatement().execute(sql);
        }
    }

    /** Asks the gate about an event with a key, as nginx does; the answer comes in time whatever happens to the database. */
    Answer ask(long projectId, String key, String... headers) {
        return ask(port, projectId, key, headers);
    }

    /** Asks the gate on a port, and again where the answer comes late. */
    static Answer ask(int port, long projectId, String key, String... headers) {
        GateClient gate = GateClient.impatient(port, TOKEN);
        List<Long> lateNanos = new ArrayList<>();
        while (lateNanos.size() < ATTEMPTS) {
            long asked = System.nanoTime();
            Answer answer = gate.nginx("/api/" + projectId + "/store/?sentry_key=" + key, headers);
            long took = System.nanoTime() - asked;
            if (took < ANSWER.toNanos()) {
                return answer;
            }
            lateNanos.add(took);
            LATE.incrementAndGet();
        }
        throw new AssertionError("each answer came late, after so many ns: " + lateNanos);
    }

    /** 200, or the reason of the refusal. */
    String verdict(Tenant tenant, String key, String... headers) {
        return verdict(ask(tenant.projectId(), key, headers));
    }

    static String verdict(Answer answer) {
        return answer.status() == 200 ? "200" : answer.header("X-Countersign-Reason");
    }

    /** Asks until the verdict is the expected one, which comes within a time. */
    void awaitVerdict(Duration time, Tenant tenant, String key, String expected, String... headers) {
        await(time, tenant, key, answer -> verdict(answer).equals(expected), headers);
    }

    /** Asks until an answer fits, which comes within a time or soon after; the last question is asked before the time is over. */
    Answer await(Duration time, Tenant tenant, String key, Predicate<Answer> fits, String... headers) {
        long deadline = System.nanoTime() + time.toNanos();
        while (true) {
            boolean inTime = System.nanoTime() < deadline;
            Answer answer = ask(tenant.projectId(), key, headers);
            if (fits.test(answer)) {
                assertThat(System.nanoTime() - deadline)
                        .as("nanoseconds too late")
                        .isLessThan(ANSWER.toNanos());
                return answer;
            }
            assertThat(inTime).as(answer.toString()).isTrue();
        }
    }
}
