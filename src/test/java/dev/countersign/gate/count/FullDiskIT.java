package dev.countersign.gate.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.postgres.PostgresServer;
import dev.countersign.testsupport.postgres.SmallDisk;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate whose database has no space left for its counts. */
@Tag("faults")
class FullDiskIT {

    private static final int KEYS = 300;
    private static final String FAILED = "countersign_gate_failed_flushes_total";

    @Test
    void eventsPassWhileTheDiskIsFullAndAreCountedOnceAfterwards(@TempDir Path folder) throws Exception {
        assumeThat(SmallDisk.isPossible())
                .as("a test may mount a small disk here")
                .isTrue();
        SmallDisk disk = new SmallDisk(Files.createDirectory(folder.resolve("disk")), 4);
        PostgresServer postgres = PostgresServer.create(PostgresServer.embeddedBinaries(), folder.resolve("data"))
                .with(disk)
                .start();
        try (PackagedService service = start(postgres)) {
            RestAssured.port = service.port();
            Tenant tenant = Tenant.create();
            sql(postgres, "create tablespace small location '" + disk.folder() + "'");
            for (String table : List.of("key_usage_hour", "key_last_seen", "key_window")) {
                sql(postgres, "alter table " + table + " set tablespace small");
            }
            sql(postgres, """
                    insert into project_key (organization_id, project_id, label, public_key, secret_key, active,
                        browser_sdk_version, has_replay, has_performance, has_debug, has_feedback, has_logs_and_metrics,
                        use_case, date_added, changed_by)
                    select organization_id, id, 'App', lpad(to_hex(i), 32, '0'), 'f' || lpad(to_hex(i), 31, '0'), true,
                        '8.x', true, true, false, false, false, 'user', now(), 'test'
                    from project, generate_series(1, %d) i where id = %d""".formatted(KEYS, tenant.projectId()));
            disk.fill(postgres);

            GateClient gate = new GateClient(service.gatePort(), CountedKey.TOKEN);
            assertThat(IntStream.rangeClosed(1, KEYS).map(i -> status(gate, tenant, i)))
                    .containsOnly(200);
            assertThat(Poll.until(() -> failed(service), count -> count > 0)).isPositive();
            assertThat(IntStream.rangeClosed(1, KEYS).map(i -> status(gate, tenant, i)))
                    .containsOnly(200);

            disk.free(postgres);

            String all = KEYS + " " + 2 * KEYS;
            assertThat(Poll.until(() -> counted(postgres), all::equals)).isEqualTo(all);
        } finally {
            postgres.kill();
        }
    }

    private static int status(GateClient gate, Tenant tenant, int key) {
        return gate.caddy("POST", "/api/%d/store/?sentry_key=%032x".formatted(tenant.projectId(), key))
                .status();
    }

    private static double failed(PackagedService service) {
        return Double.parseDouble(service.metric(FAILED));
    }

    private static String counted(PostgresServer postgres) {
        try {
            return postgres.single("select count(*) || ' ' || coalesce(sum(accepted), 0) from key_last_seen");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sql(PostgresServer postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect()) {
            connection.createStatement().execute(sql);
        }
    }

    private static PackagedService start(PostgresServer postgres) throws Exception {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres.port(), "postgres"));
        environment.putAll(Map.of(
                "COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io",
                "COUNTERSIGN_MIGRATE", "at-start",
                "COUNTERSIGN_GATE_PORT", "0",
                "COUNTERSIGN_GATE_TOKEN", CountedKey.TOKEN));
        return PackagedService.start(environment).awaitReady();
    }
}
