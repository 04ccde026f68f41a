package dev.countersign.namedkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Header;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client key as environment variables. */
@QuarkusTest
class EnvironmentTest extends WithTenant {

    private String id;
    private Api reader;

    @BeforeEach
    void createKey() {
        id = tenant.newKey("""
                {"name":"my app"}""");
        reader = tenant.apiKey("project:read");
    }

    @Test
    void objectHasSevenTextsInTheirOrder() {
        Response answer = reader.get(tenant.named("my app") + "env/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.asString()).isEqualTo(json(id));
    }

    @Test
    void linesHaveTheSameSevenValues() {
        Response answer = reader.request().header("Accept", "text/plain").get(tenant.named("my app") + "env/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(answer.asString()).isEqualTo("""
                SENTRY_DSN=https://%1$s@sentry.io/%2$d
                SENTRY_ORG=%3$s
                SENTRY_PROJECT=pump-station
                OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=https://sentry.io/api/%2$d/integration/otlp/v1/traces
                OTEL_EXPORTER_OTLP_TRACES_HEADERS=x-sentry-auth=sentry%%20sentry_key=%1$s
                OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=https://sentry.io/api/%2$d/integration/otlp/v1/logs
                OTEL_EXPORTER_OTLP_LOGS_HEADERS=x-sentry-auth=sentry%%20sentry_key=%1$s
                """.formatted(id, tenant.projectId(), tenant.organization()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                " | application/json",
                "*/* | application/json",
                "application/json | application/json",
                "application/json; indent=4 | application/json",
                "application/* | application/json",
                "text/html, application/json | application/json",
                "text/plain;q=0.5, application/json | application/json",
                "text/plain;q=0.5, */* | application/json",
                "text/plain;q=0, */* | application/json",
                "text/plain | text/plain;charset=UTF-8",
                "TEXT/PLAIN | text/plain;charset=UTF-8",
                "text/plain, */*;q=0.1 | text/plain;charset=UTF-8",
                "text/* | text/plain;charset=UTF-8",
                "application/json;q=0.5, text/plain | text/plain;charset=UTF-8",
                "application/json;q=0.5, text/plain;q=0.8 | text/plain;charset=UTF-8",
                "text/plain; charset=utf-8 | text/plain;charset=UTF-8"
            })
    void formIsWhatTheClientAccepts(@Nullable String accept, String contentType) {
        for (String path : new String[] {tenant.named("my app") + "env/", tenant.environment("pump-station/my app")}) {
            Response answer =
                    (accept == null ? reader.request() : reader.request().header("Accept", accept)).get(path);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo(contentType);
            assertThat(answer.asString()).startsWith(contentType.startsWith("text") ? "SENTRY_DSN=" : "{");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Type: ;", "Content-Type: /", "Content-Type: a", "Content-Type: a/b/c", "Content-Type:"})
    void typeOfABodyThatIsNotReadDoesNotMatter(String header) throws IOException {
        assertThat(statuses(header)).containsOnly(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: ;",
                "Accept: /",
                "Accept: a",
                "Accept: text/plain;q=x",
                "Accept: ,",
                "Accept: text/plain;"
            })
    void malformedAcceptIsNoFaultOfTheService(String header) throws IOException {
        assertThat(statuses(header)).isSubsetOf(200, 400, 406);
    }

    private List<Integer> statuses(String header) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (String path : new String[] {tenant.named("my app") + "env/", tenant.environment("pump-station")}) {
            try (RawHttp http = new RawHttp(RestAssured.port)) {
                http.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + Api.OPERATOR_TOKEN + "\r\n"
                        + header + "\r\n\r\n");
                statuses.add(http.require(true).status());
            }
        }
        return statuses;
    }

    @Test
    void answerThatNoClientReadsIsNotAcceptable() {
        Response refused = reader.request().header("Accept", "text/html").get(tenant.named("my app") + "env/");

        assertThat(refused.statusCode()).isEqualTo(406);
        assertThat(refused.header("Content-Type")).isEqualTo("application/json");
        assertThat(refused.asString()).isEqualTo("""
                {"detail":"Could not satisfy the request Accept header."}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain"})
    void nobodyKeepsAnAnswer(String accept) {
        for (String path : new String[] {tenant.named("my app") + "env/", tenant.environment("pump-station")}) {
            Response answer = reader.request()
                    .header("Accept", accept)
                    .header("Accept-Encoding", "gzip")
                    .get(path);

            assertThat(answer.headers().getList("Cache-Control"))
                    .extracting(Header::getValue)
                    .containsExactly("no-store");
            assertThat(answer.headers().getList("Vary"))
                    .extracting(Header::getValue)
                    .singleElement()
                    .asString()
                    .startsWith("Accept-Language, Cookie, Accept");
            assertThat(answer.header("Vary").split(", ")).contains("Accept");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"nobody, 401", "event:read, 403", "other, 403", "operator, 404"})
    void errorsStayJson(String who, int status) {
        Api caller =
                switch (who) {
                    case "nobody" -> Api.anonymous();
                    case "other" -> Tenant.create().apiKey("project:read");
                    case "operator" -> Api.operator();
                    default -> tenant.apiKey(who);
                };
        for (String path :
                new String[] {tenant.named("no such") + "env/", tenant.environment("pump-station/no such")}) {
            Response refused = caller.request().header("Accept", "text/plain").get(path);

            assertThat(refused.statusCode()).isEqualTo(status);
            assertThat(refused.header("Content-Type")).isEqualTo("application/json");
            assertThat(refused.jsonPath().getString("detail")).isNotEmpty();
        }
    }

    @Test
    void severalKeysOfANameAreAConflict() {
        tenant.newKey("""
                {"name":"my app"}""");

        for (String path : new String[] {tenant.named("my app") + "env/", tenant.environment("pump-station/my app")}) {
            Response several = reader.request().header("Accept", "text/plain").get(path);

            assertThat(several.statusCode()).isEqualTo(409);
            assertThat(several.header("Content-Type")).isEqualTo("application/json");
            assertThat(several.jsonPath().getString("detail")).isEqualTo("2 client keys are called my app");
        }
    }

    @Test
    void variablesAreOfTheIngestHostOfTheRequestOrTheProject() {
        String path = tenant.named("my app") + "env/";
        String reference = tenant.environment("pump-station/my app");

        for (String eu : new String[] {path + "?ingest=eu-west", reference + "&ingest=eu-west"}) {
            JsonPath variables = reader.get(eu).jsonPath();

            assertThat(variables.getString("SENTRY_DSN"))
                    .isEqualTo("https://" + id + "@eu.example.com/" + tenant.projectId());
            assertThat(variables.getString("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"))
                    .startsWith("https://eu.example.com/api/");
        }
        Api.operator().put(tenant.path("projects/{o}/{p}/"), """
                {"ingest":"us"}""").then().statusCode(200);
        assertThat(reader.get(path).jsonPath().getString("SENTRY_DSN")).contains(".ingest.us.example.com/relay/");
        assertThat(reader.get(reference).jsonPath().getString("SENTRY_DSN")).contains(".ingest.us.example.com/relay/");
        for (String wrong :
                new String[] {path + "?ingest=nowhere", reference + "&ingest=", reference + "&ingest=us&ingest=us"}) {
            assertThat(reader.get(wrong).asString()).isEqualTo("""
                    {"detail":"Invalid ingest parameter."}""");
        }
    }

    /** A store for a whole organization asks with one text for each key. */
    @Nested
    class Reference {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "?ref=pump-station/my%20app",
                    "?ref=pump-station/my+app",
                    "?ref=pump-station%2Fmy%20app",
                    "?ref=pump-station%2fmy+app",
                    "?ref=ID/my%20app",
                    "?x=1&ref=pump-station/%20my%20app%20&y"
                })
        void nameIsFound(String query) {
            assertThat(reader.get(path(query.replace("ID", String.valueOf(tenant.projectId()))))
                            .asString())
                    .isEqualTo(json(id));
        }

        @Test
        void withoutANameTheOldestActiveKeyCounts() {
            String oldest =
                    Api.operator().get(tenant.named("Default")).jsonPath().getString("id");

            assertThat(reader.get(path("?ref=pump-station")).asString()).isEqualTo(json(oldest));

            Api.operator().put(tenant.key(oldest), """
                {"isActive":false}""");
            assertThat(reader.get(path("?ref=pump-station")).asString()).isEqualTo(json(id));

            Api.operator().put(tenant.key(id), """
                {"isActive":false}""");
            tenant.newKey("""
                {"useCase":"demo"}""");
            assertThat(Api.operator().get(path("?ref=pump-station")).asString()).isEqualTo("""
                {"detail":"Client key not found"}""");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "?ref",
                    "?ref=",
                    "?Ref=pump-station",
                    "?ref=pump-station&ref=pump-station",
                    "?ref=pump-station&ref=",
                    "?ref=/",
                    "?ref=/my%20app",
                    "?ref=pump-station/",
                    "?ref=pump-station/%20",
                    "?ref=%20/my%20app",
                    "?ref=pump-station/my/app",
                    "?ref=pump-station//app",
                    "?ref=pump-station%2Fmy%2Fapp"
                })
        void malformedReferenceIsRefused(String query) {
            Response refused = reader.request().header("Accept", "text/plain").get(path(query));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.asString()).isEqualTo("""
                {"detail":"Invalid ref parameter."}""");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "pump-station/%00 | name: Null characters are not allowed.",
                    "pump-station/.. | name: A path cannot have this name.",
                })
        void nameThatCannotBeIsRefused(String reference, String detail) {
            assertThat(reader.get(path("?ref=" + reference)).asString()).isEqualTo("""
                {"detail":"%s"}""".formatted(detail));
        }

        @Test
        void fourThousandReferencesAreRefused() {
            String query = IntStream.range(0, 4000).mapToObj(i -> "ref=a").collect(Collectors.joining("&", "?", ""));

            assertThat(reader.get(path(query)).statusCode()).isIn(400, 414);
            assertThat(reader.get(path("?ref=" + "x".repeat(12_000))).statusCode())
                    .isEqualTo(404);
        }

        @Test
        void missingProjectIsNotFound() {
            Response missing = reader.get(path("?ref=nope/my%20app"));

            assertThat(missing.statusCode()).isEqualTo(404);
            assertThat(missing.asString()).isEqualTo("""
                {"detail":"Project not found"}""");
            assertThat(reader.get(path("?ref=a%00b")).statusCode()).isEqualTo(404);
        }

        @Test
        void projectWithANewSlugIsFollowed() {
            rename("pump-station", "second");
            rename("second", "third");

            for (String slug : new String[] {"pump-station", "second", "third"}) {
                Response found = reader.get(path("?ref=" + slug + "/my%20app"));

                assertThat(found.statusCode()).isEqualTo(200);
                assertThat(found.asString()).isEqualTo(json(id).replace("\"pump-station\"", "\"third\""));
                assertThat(reader.get(path("?ref=" + slug)).jsonPath().getString("SENTRY_PROJECT"))
                        .isEqualTo("third");
            }
            assertThat(Tenant.create()
                            .apiKey("project:read")
                            .get(path("?ref=pump-station"))
                            .statusCode())
                    .isEqualTo(403);
        }

        @Test
        void organizationWithANewSlugIsShownByIt() {
            String renamed = tenant.organization() + "-x";
            Api.operator()
                    .put("organizations/" + tenant.organization() + "/", """
                {"slug":"%s"}""".formatted(renamed))
                    .then()
                    .statusCode(200);
            Tenant after = new Tenant(renamed, "core", "pump-station", tenant.projectId());

            assertThat(reader.get(after.environment("pump-station/my app"))
                            .jsonPath()
                            .getString("SENTRY_ORG"))
                    .isEqualTo(renamed);
        }

        private void rename(String from, String to) {
            Api.operator()
                    .put("projects/" + tenant.organization() + "/" + from + "/", """
                {"slug":"%s"}""".formatted(to))
                    .then()
                    .statusCode(200);
        }

        private String path(String query) {
            return tenant.environment("").replaceFirst("\\?.*", "") + query;
        }
    }

    private String json(String key) {
        return """
                {"SENTRY_DSN":"https://%1$s@sentry.io/%2$d","SENTRY_ORG":"%3$s","SENTRY_PROJECT":"pump-station",\
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT":"https://sentry.io/api/%2$d/integration/otlp/v1/traces",\
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS":"x-sentry-auth=sentry%%20sentry_key=%1$s",\
                "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT":"https://sentry.io/api/%2$d/integration/otlp/v1/logs",\
                "OTEL_EXPORTER_OTLP_LOGS_HEADERS":"x-sentry-auth=sentry%%20sentry_key=%1$s"}""".formatted(key, tenant.projectId(), tenant.organization());
    }
}
