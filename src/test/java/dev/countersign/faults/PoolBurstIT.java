package dev.countersign.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.RawHttp;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More requests at once than database connections. A request that gives up returns its connection. */
@Tag("faults")
class PoolBurstIT {

    private static final String TEAMS = "/api/0/organizations/acme/teams/";
    private static final Pattern IN_USE = Pattern.compile("sql_pool_active\\{[^}]*pool_name=\"sessions\"[^}]*} (\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOCKED = Duration.ofSeconds(4);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(2);
    private static final int MANY = 80;

    /** More requests than all sessions can time out in that time. */
    private static final int MORE = 800;

    private static final int STRANGERS = 2_500;

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of());

    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        client = SERVICE.get().client(PATIENCE);
        SERVICE.get().newProject("acme");
    }

    @AfterEach
    void everyConnectionIsBack() throws Exception {
        assertThat(Recovery.await(client, TEAMS)).as("served again").isLessThan(BACK_WITHIN);
        assertThat(Poll.until(PoolBurstIT::inUse, inUse -> inUse == 0))
                .as("connections in use")
                .isZero();
        assertThat(SERVICE.get().get("/q/health/ready").statusCode()).isEqualTo(200);
    }

    @RepeatedTest(3)
    void timedOutRequestsReturnTheirConnections() throws Exception {
        try (Connection connection = lockTeams()) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < MORE; i++) {
                answers.add(client.send("GET", TEAMS, ""));
                pass(LOCKED.dividedBy(MORE));
            }
            connection.rollback();
            assertThat(answers).extracting(answer -> answer.join().statusCode()).containsOnly(200, 503);
        }
    }

    @Test
    void anonymousBurstReturnsItsConnections() {
        String path = "/api/0/wizard/" + "a".repeat(64) + "/";
        var answers = IntStream.range(0, STRANGERS)
                .mapToObj(i -> client.send("GET", path, ""))
                .toList();

        assertThat(answers)
                .extracting(answer -> answer.handle((response, failure) -> failure == null ? response.statusCode() : 0)
                        .join())
                .allSatisfy(status -> assertThat(status).isNotEqualTo(500));
    }

    @Test
    void disconnectedClientsReturnConnectionsOfALockedTable() throws Exception {
        try (Connection connection = lockTeams()) {
            hangUp(MANY, 25);
            connection.rollback();
        }
    }

    @Test
    void disconnectedClientsReturnTheirConnections() throws Exception {
        for (int afterMillis = 0; afterMillis < 10; afterMillis++) {
            hangUp(MANY, afterMillis);
        }
    }

    /** Sends requests and closes their connections after a while. */
    private static void hangUp(int clients, int afterMillis) throws Exception {
        List<RawHttp> asking = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            asking.add(ask());
            if (asking.size() > 10) {
                pass(Duration.ofMillis(afterMillis));
                asking.remove(0).close();
            }
        }
        pass(Duration.ofMillis(afterMillis));
        for (RawHttp connection : asking) {
            connection.close();
        }
    }

    private static RawHttp ask() throws IOException {
        return new RawHttp(SERVICE.get().port())
                .send("GET " + TEAMS + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + Api.OPERATOR_TOKEN
                        + "\r\n\r\n");
    }

    private static Connection lockTeams() throws Exception {
        return SERVICE.postgres().begin("lock table team in access exclusive mode");
    }

    private static double inUse() {
        try {
            Matcher gauge = IN_USE.matcher(SERVICE.get().get("/q/metrics").body());
            return gauge.find() ? Double.parseDouble(gauge.group(1)) : -1;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits between requests. */
    private static void pass(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }
}
