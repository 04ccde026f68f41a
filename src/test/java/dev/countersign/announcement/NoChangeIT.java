package dev.countersign.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithReplicas;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A PUT that changes nothing writes no row and no audit entry, and announces nothing. */
@WithReplicas
class NoChangeIT {

    private static final List<String> TABLES =
            List.of("organization", "team", "project", "project_key", "api_key", "audit_log");
    private static final int PATIENCE_MILLIS = 30_000;

    private final Replicas.Pair replicas;
    private Connection connection;
    private Tenant tenant;
    private Api admin;

    NoChangeIT(Replicas.Pair replicas) {
        this.replicas = replicas;
    }

    @BeforeEach
    void listen() throws SQLException {
        tenant = replicas.newTenant();
        admin = tenant.apiKey("org:admin", "team:admin", "project:admin");
        connection = replicas.connect();
        connection.createStatement().execute("listen countersign_changes");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    /** The project has members of every JSON type before the last comparison. */
    @Test
    void sendingBackTheAnswerOfGetChangesNothing() throws SQLException {
        for (String path : paths()) {
            String body = admin.get(path).asString();
            assertNoTrace(admin, path, body);
        }
        String project = tenant.path("projects/{o}/{p}/");
        Api.operator().put(project, """
                        {"platform": null, "resolveAge": 5, "allowedDomains": ["b", "a"], "storeCrashReports": 3,
                         "highlightContext": {"b": {"x": [1.50, 1e3, null]}, "a": ["1"]},
                         "options": {"filters:releases": "1.*", "x:y": {"b": 1, "a": 2}}}""").then().statusCode(200);
        connection.unwrap(PGConnection.class).getNotifications(PATIENCE_MILLIS);
        assertNoTrace(admin, project, admin.get(project).asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", """
                {"name":"Key"}""", """
                {"isActive":true,"rateLimit":{"window":60,"count":5}}"""})
    void namedKeyThatIsPutAgainIsNotWritten(String body) throws SQLException {
        String path = tenant.named("Key");
        admin.put(path, """
                {"rateLimit":{"window":60,"count":5}}""").then().statusCode(201);

        assertNoTrace(admin, path, body);
        assertNoTrace(admin, path, admin.get(path).asString());
    }

    @Test
    void refusedPutOfANamedKeyIsNotWritten() throws SQLException {
        tenant.newKey("""
                {"name":"Key","isActive":false}""");
        List<String> before = versions();

        admin.put(tenant.named("Key"), """
                {"browserSdkVersion":"9.x"}""").then().statusCode(409);
        admin.put(tenant.named("Key"), """
                {"isActive":true,"public":"%s"}""".formatted("0".repeat(32))).then().statusCode(400);

        assertThat(versions()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}
                    {"isBookmarked":true}
                    {"no such member":1}
                    """)
    void bodyWithoutKnownMembersChangesNothing(String body) throws SQLException {
        for (String path : paths()) {
            assertNoTrace(admin, path, body);
        }
    }

    @Test
    void readersOfAProjectWriteNothing() throws SQLException {
        String project = tenant.path("projects/{o}/{p}/");

        assertNoTrace(tenant.apiKey("project:read"), project, "{}");
        assertNoTrace(tenant.apiKey("project:read"), project, """
                {"isBookmarked":true}""");
    }

    private List<String> paths() {
        String organization = tenant.organization();
        String apiKeys = "organizations/" + organization + "/api-keys/";
        return List.of(
                "organizations/" + organization + "/",
                "teams/" + organization + "/core/",
                "projects/" + organization + "/" + tenant.project() + "/",
                tenant.key(tenant.newKey("""
                        {"name":"Key","rateLimit":{"window":60,"count":5}}""")),
                apiKeys + Api.operator().get(apiKeys).jsonPath().getString("[0].id") + "/");
    }

    private void assertNoTrace(Api caller, String path, String body) throws SQLException {
        List<String> before = versions();

        String answer = caller.put(path, body).then().statusCode(200).extract().asString();

        assertThat(answer).isEqualTo(caller.get(path).asString());
        assertThat(versions()).as("%s of %s", body, path).isEqualTo(before);
        connection.createStatement().execute("notify countersign_changes, 'end of test'");
        PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(PATIENCE_MILLIS);
        assertThat(Stream.of(heard).map(PGNotification::getParameter)).containsExactly("end of test");
    }

    /** Each write of a row changes its xmin. The time of the last use is left out: it is written in the background. */
    private List<String> versions() throws SQLException {
        List<String> versions = new ArrayList<>();
        for (String table : TABLES) {
            String version = table.equals("api_key") ? "(to_jsonb(t) - 'last_used')::text" : "xmin::text || t::text";
            try (ResultSet rows = connection
                    .createStatement()
                    .executeQuery("select " + version + " from " + table + " t order by id")) {
                while (rows.next()) {
                    versions.add(table + " " + rows.getString(1));
                }
            }
        }
        return versions;
    }
}
