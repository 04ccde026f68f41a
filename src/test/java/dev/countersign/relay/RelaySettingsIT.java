package dev.countersign.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.postgres.OwnPostgres;
import dev.countersign.testsupport.postgres.PostgresProxy;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged service with the settings of relays, and without. */
class RelaySettingsIT {

    private static final TestRelay RELAY = TestRelay.TRUSTED;
    private static final Map<String, String> TRUSTED =
            TestRelay.trustedWith(Map.of("COUNTERSIGN_RELAY_UPSTREAM_2", "https://store.example.com"));

    @RegisterExtension
    static final OwnPostgres POSTGRES = OwnPostgres.migrated();

    @Test
    void withoutARelayNoRouteExists() throws Exception {
        try (PackagedService service = PackagedService.startMigrated(POSTGRES.server(), Map.of())) {
            RestAssured.port = service.port();

            for (String path : new String[] {
                "register/challenge/",
                "register/response/",
                "projectconfigs/?version=3",
                "projectids/",
                "publickeys/",
                "outcomes/"
            }) {
                Response response = RELAY.post(path, "{}");
                assertThat(response.statusCode()).as(path).isEqualTo(404);
                assertThat(response.header("X-Sentry-Error")).startsWith("There is no such route");
            }
            assertThat(service.get("/api/0/relays/live/").statusCode()).isEqualTo(404);
            assertThat(service.send("OPTIONS", "relays/live/", "").statusCode()).isEqualTo(404);
        }
    }

    /** The first project of an empty database has the id 2. */
    @Test
    void eventsOfAProjectGoToItsUpstream() throws Exception {
        try (PackagedService service = PackagedService.startMigrated(POSTGRES.server(), TRUSTED)) {
            RestAssured.port = service.port();
            Tenant tenant = Tenant.create();
            Tenant other = Tenant.create();
            String key = tenant.newKey("{}");
            String otherKey = other.newKey("{}");

            Response response = RELAY.configs(key, otherKey);

            assertThat(tenant.projectId()).isEqualTo(2);
            assertThat(response.jsonPath().getString("configs." + key + ".upstream"))
                    .isEqualTo("https://store.example.com");
            assertThat(response.jsonPath().getMap("configs." + otherKey)).doesNotContainKey("upstream");
            assertThat(service.output()).noneMatch(line -> line.contains("is no setting"));
        }
    }

    @Test
    void nothingIsStoredOfARegistrationThatIsRefused() throws Exception {
        try (PackagedService service = PackagedService.startMigrated(POSTGRES.server(), TRUSTED)) {
            RestAssured.port = service.port();
            execute("delete from relay_token_secret");
            TestRelay impostor = TestRelay.create(RELAY.id());
            String challenge = """
                    {"relay_id":"%s","public_key":"%s"}""".formatted(RELAY.id(), RELAY.publicKey());

            Response unsigned = impostor.post("register/challenge/", challenge);
            Response answer = RELAY.post("register/response/", """
                    {"relay_id":"%s","token":"e30:YQ"}""".formatted(RELAY.id()));

            assertThat(unsigned.statusCode()).isEqualTo(400);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.asString()).isEqualTo("""
                    {"detail":"invalid signature on data"}""");
            assertThat(execute("delete from relay_token_secret")).isZero();
            assertThat(RELAY.post("register/challenge/", challenge).statusCode())
                    .isEqualTo(200);
            assertThat(execute("delete from relay_token_secret")).isOne();
        }
    }

    private static int execute(String sql) throws SQLException {
        try (Connection connection = POSTGRES.server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** What a Relay takes for a network error: it keeps its configs and asks again. */
    @Test
    void withoutADatabaseARelayIsToldToComeAgain() throws Exception {
        try (PostgresProxy proxy = new PostgresProxy(POSTGRES.server().getPort())) {
            Map<String, String> settings = new HashMap<>(TRUSTED);
            settings.put("COUNTERSIGN_DB_URL", "postgresql://localhost:" + proxy.port() + "/postgres");
            try (PackagedService service = PackagedService.startMigrated(POSTGRES.server(), settings)) {
                RestAssured.port = service.port();
                proxy.refuse();
                proxy.dropAll();

                assertUnavailable(RELAY.configs("0".repeat(32)));
                assertUnavailable(RELAY.post("projectids/", """
                        {"publicKeys":["%s"]}""".formatted("0".repeat(32))));
                assertUnavailable(RELAY.post("register/challenge/", """
                        {"relay_id":"%s","public_key":"%s"}""".formatted(RELAY.id(), RELAY.publicKey())));
                assertUnavailable(RELAY.post("outcomes/", """
                        {"outcomes":[{"timestamp":"%s","key_id":1,"project_id":2,"outcome":2,"category":1}]}""".formatted(java.time.Instant.now())));
                assertThat(RELAY.post("publickeys/", "{}").statusCode()).isEqualTo(200);
                assertThat(service.get("/api/0/relays/live/").statusCode()).isEqualTo(200);

                proxy.accept();
            }
        }
    }

    private static void assertUnavailable(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(503);
        assertThat(response.header("Retry-After")).isNotNull();
    }
}
