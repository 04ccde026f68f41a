package dev.countersign.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.postgres.PostgresProxy;
import dev.countersign.testsupport.postgres.PostgresServer;
import dev.countersign.testsupport.postgres.TakenConnections;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of the service and of its database while clients create keys. Afterwards every acknowledged key exists once.
 * Six faults share one load, so the class is long.
 */
@Tag("faults")
class LoadUnderFaultIT {

    private static final int TIMES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FAULT = Duration.ofSeconds(6);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(1);
    private static final Report REPORT = new Report("report");

    @TempDir
    private static Path folder;

    private static PostgresServer postgres;
    private static PostgresProxy proxy;
    private static PackagedService service;
    private static volatile Client client;

    private Load load;

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresServer.create(
                        PostgresServer.embeddedBinaries(), folder.resolve("data"), "max_connections=40")
                .start();
        assertThat(postgres.single("show fsync") + postgres.single("show synchronous_commit"))
                .isEqualTo("onon");
        proxy = new PostgresProxy(postgres.port());
        startService();
    }

    @AfterAll
    static void stop() throws Exception {
        REPORT.publish();
        service.close();
        proxy.close();
        postgres.close();
    }

    @AfterEach
    void endLoad() throws Exception {
        if (load != null) {
            load.end();
        }
    }

    @Test
    void noKeyIsLostWhenTheServiceIsKilled() throws Exception {
        List<Duration> recoveries = inject(() -> {
            service.process().destroyForcibly().waitFor();
            long restarted = System.nanoTime();
            startService();
            return restarted;
        });

        REPORT.add("kill -9 of the service, started anew at once (time includes its start)", load, recoveries);
    }

    @Test
    void noKeyIsLostWhenTheDatabaseIsKilled() throws Exception {
        List<Duration> recoveries = inject(() -> {
            postgres.kill();
            pass(Duration.ofSeconds(2));
            postgres.start();
            return System.nanoTime();
        });

        REPORT.add("kill -9 of PostgreSQL, away for 2 s", load, recoveries);
        assertThat(recoveries).allSatisfy(time -> assertThat(time).isLessThan(BACK_WITHIN));
    }

    @Test
    void noKeyIsLostWhenTheDatabaseHangs() throws Exception {
        List<Duration> recoveries = inject(() -> {
            proxy.hang();
            pass(FAULT);
            proxy.resume();
            return System.nanoTime();
        });

        REPORT.add("the database hangs for 6 s, then goes on", load, recoveries);
        assertThat(recoveries).allSatisfy(time -> assertThat(time).isLessThan(BACK_WITHIN));
    }

    @Test
    void noKeyIsLostWhenHangingConnectionsBreak() throws Exception {
        List<Duration> recoveries = inject(() -> {
            proxy.hang();
            pass(FAULT);
            proxy.dropAll();
            proxy.resume();
            return System.nanoTime();
        });

        REPORT.add("the database hangs for 6 s, and every connection breaks", load, recoveries);
        assertThat(recoveries).allSatisfy(time -> assertThat(time).isLessThan(BACK_WITHIN));
    }

    @Test
    void noKeyIsLostWhenTheDatabaseRefuses() throws Exception {
        List<Duration> recoveries = inject(() -> {
            proxy.refuse();
            pass(FAULT);
            proxy.accept();
            return System.nanoTime();
        });

        REPORT.add("the database refuses connections for 6 s", load, recoveries);
        assertThat(recoveries).allSatisfy(time -> assertThat(time).isLessThan(BACK_WITHIN));
    }

    @Test
    void noKeyIsLostWhenTheDatabaseIsFull() throws Exception {
        List<Duration> recoveries = inject(() -> {
            proxy.refuse();
            TakenConnections all = TakenConnections.take(postgres::connect);
            proxy.accept();
            pass(FAULT);
            all.close();
            return System.nanoTime();
        });

        REPORT.add("others take every connection of the database for 6 s", load, recoveries);
        assertThat(recoveries).allSatisfy(time -> assertThat(time).isLessThan(BACK_WITHIN));
    }

    /**
     * Injects a fault three times under load.
     *
     * @return the time from the end of each fault to the next acknowledged key
     */
    private List<Duration> inject(Fault fault) throws Exception {
        load = Load.start(() -> client, newProject());
        List<Duration> recoveries = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            pass(Duration.ofSeconds(2));
            recoveries.add(load.awaitCreated(fault.run()));
        }
        pass(Duration.ofSeconds(1));
        load.end();
        return recoveries;
    }

    private static String newProject() throws Exception {
        String slug = "org-" + UUID.randomUUID().toString().substring(0, 13);
        return Api.url(service.newProject(slug));
    }

    private static void startService() throws Exception {
        service = PackagedService.start(Map.of(
                        "COUNTERSIGN_DB_URL", "postgresql://localhost:" + proxy.port() + "/postgres",
                        "COUNTERSIGN_DB_USERNAME", "postgres",
                        "COUNTERSIGN_DB_PASSWORD", "postgres",
                        "COUNTERSIGN_OPERATOR_TOKEN", Api.OPERATOR_TOKEN,
                        "COUNTERSIGN_URL_PREFIX", Api.URL_PREFIX,
                        "COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io",
                        "COUNTERSIGN_MIGRATE", "at-start"))
                .awaitReady();
        client = service.client(PATIENCE);
    }

    /** Waits: a fault and the time around it have a length. */
    private static void pass(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    /**
     * Causes a fault and ends it.
     *
     * @return the moment of its end
     */
    private interface Fault {
        long run() throws Exception;
    }
}
