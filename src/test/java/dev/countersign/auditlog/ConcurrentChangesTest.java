package dev.countersign.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.PlainPath;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** API keys change one row at the same time. No change is lost, and the audit log names the author of each. */
@QuarkusTest
class ConcurrentChangesTest extends WithTenant {

    private static final int ROUNDS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The members of a PUT that are sent at the same time; {@code #} stands for the number of the round. */
    enum Kind {
        ORGANIZATION("org.edit", """
                {"name":"name-#"}""", """
                {"slug":"slug-$-#"}"""),
        TEAM("team.edit", """
                {"name":"name-#"}""", """
                {"slug":"slug-#"}"""),
        PROJECT("project.edit", """
                        {"name":"name-#"}""", """
                        {"platform":"&"}""", """
                        {"resolveAge":1#}""", """
                        {"options":{"filters:releases":"release-#"}}"""),
        PROJECT_KEY("projectkey.edit", """
                        {"name":"name-#"}""", """
                        {"rateLimit":{"window":1#,"count":2#}}""", """
                        {"dynamicSdkLoaderOptions":{"hasDebug":%}}""", """
                        {"isActive":!}"""),
        API_KEY("api-key.edit", """
                        {"label":"name-#"}""", """
                        {"allowed_origins":["https://host-#.example.com"]}""", """
                        {"dateExpires":"2080-01-01T00:00:00.1#Z"}""", """
                        {"status":"^"}""");

        private final String event;
        private final List<String> bodies;

        Kind(String event, String... bodies) {
            this.event = event;
            this.bodies = List.of(bodies);
        }

        private String body(int index, int round, String unique) {
            return bodies.get(index)
                    .replace("#", String.valueOf(round % 10) + round / 10)
                    .replace("$", unique)
                    .replace("%", String.valueOf(round % 2 == 0))
                    .replace("!", String.valueOf(round % 2 == 1))
                    .replace("^", round % 2 == 1 ? "active" : "disabled")
                    .replace("&", round % 2 == 1 ? "python" : "go");
        }
    }

    private List<String> tokens;
    private List<String> names;
    private Client client;

    @BeforeEach
    void createApiKeys() {
        tokens = IntStream.range(0, 4)
                .mapToObj(any -> tenant.newApiKey("org:admin", "team:admin", "project:admin"))
                .toList();
        names = tokens.stream()
                .map(token -> Api.bearer(token).get("auth/").jsonPath().getString("id"))
                .toList();
        client = Api.operator().client(PATIENCE);
    }

    @ParameterizedTest
    @EnumSource
    void everyChangeIsStoredAndNamesItsCredential(Kind kind) {
        String path = path(kind);
        for (int round = 0; round < ROUNDS; round++) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < kind.bodies.size(); i++) {
                String body = kind.body(i, round, String.valueOf(tenant.projectId()));
                answers.add(client.send("PUT", Api.url(path), body, tokens.get(i)));
            }

            assertThat(answers).extracting(answer -> answer.join().statusCode()).containsOnly(200);

            JsonPath stored = Api.operator().get(path).jsonPath();
            for (int i = 0; i < kind.bodies.size(); i++) {
                String body = kind.body(i, round, String.valueOf(tenant.projectId()));
                assertKept(stored, PlainPath.of(body).getMap("$"));
                assertNamed(kind, names.get(i), body);
            }
        }
    }

    /** The database forbids a window without a count, so both are written together. */
    @Test
    void rateLimitIsChangedAsAWhole() {
        String path = path(Kind.PROJECT_KEY);
        for (int round = 0; round < 25; round++) {
            var set = client.send("PUT", Api.url(path), """
                    {"rateLimit":{"window":60,"count":10}}""", tokens.get(0));
            var lifted = client.send("PUT", Api.url(path), """
                    {"rateLimit":null}""", tokens.get(1));

            assertThat(set.join().statusCode()).as(set.join().body()).isEqualTo(200);
            assertThat(lifted.join().statusCode()).as(lifted.join().body()).isEqualTo(200);
            assertThat(Api.operator().get(path).jsonPath().getMap("rateLimit"))
                    .isIn(Map.of("window", 60, "count", 10), null);
        }
    }

    @Test
    void rotationAndUpdateAreBothStored() {
        String path = path(Kind.API_KEY);
        for (int round = 0; round < ROUNDS; round++) {
            var rotated = client.send("POST", Api.url(path + "rotate/"), "{}", tokens.get(0));
            var renamed = client.send("PUT", Api.url(path), """
                    {"label":"r%s"}""".formatted(round), tokens.get(1));

            assertThat(renamed.join().statusCode()).isEqualTo(200);
            String key = PlainPath.of(rotated.join().body()).getString("key");
            assertThat(Api.bearer(key).get("auth/").statusCode()).isEqualTo(200);
            assertThat(Api.operator().get(path).jsonPath().getString("label")).isEqualTo("r" + round);
            assertThat(events("api-key.rotate", names.get(0))).hasSize(round + 1);
            assertThat(events("api-key.edit", names.get(1))).hasSize(round + 1);
        }
    }

    private static void assertKept(JsonPath stored, Map<String, Object> sent) {
        sent.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested && !name.equals("rateLimit")) {
                nested.forEach((member, inner) -> assertThat(stored.getMap(name).get(member))
                        .as(name + "." + member)
                        .isEqualTo(inner));
            } else {
                assertThat(stored.<Object>get(name)).as(name).isEqualTo(value);
            }
        });
    }

    /** Each entry of the credential holds the members that this credential sent, and no others. */
    private void assertNamed(Kind kind, String actor, String body) {
        List<Map<String, Object>> entries = events(kind.event, actor);

        assertThat(entries).as("%s by %s", body, actor).isNotEmpty();
        int members = body.contains("rateLimit") ? 2 : 1;
        assertThat(entries).allSatisfy(after -> assertThat(after).hasSize(members));
    }

    private List<Map<String, Object>> events(String event, String actor) {
        return Api.operator()
                .get("organizations/" + organizationId() + "/audit-logs/?event=" + event + "&actor=" + actor)
                .jsonPath()
                .getList("rows.data.after");
    }

    private String path(Kind kind) {
        String organization = organizationId();
        return switch (kind) {
            case ORGANIZATION -> "organizations/" + organization + "/";
            case TEAM ->
                "teams/" + organization + "/"
                        + Api.operator()
                                .get(tenant.path("teams/{o}/core/"))
                                .jsonPath()
                                .getString("id")
                        + "/";
            case PROJECT -> "projects/" + organization + "/" + tenant.projectId() + "/";
            case PROJECT_KEY -> tenant.key(tenant.newKey("{}"));
            case API_KEY -> {
                tenant.newApiKey("project:read");
                String list = "organizations/" + organization + "/api-keys/";
                yield list + Api.operator().get(list).jsonPath().getString("[0].id") + "/";
            }
        };
    }

    /** The id of the organization, since a test changes its slug. */
    private String organizationId() {
        return Api.bearer(tokens.get(0)).get("organizations/").jsonPath().getString("[0].id");
    }
}
