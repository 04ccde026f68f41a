package dev.countersign.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which ingest host the DSNs of a client key name. */
@QuarkusTest
class IngestTest extends WithTenant {

    private static final String OWN = "/api/countersign/v1/";
    private static final String DEFAULT = "@sentry.io/";
    private static final String EU = "@eu.example.com/";
    private static final String US = ".ingest.us.example.com/relay/";
    private static final String INVALID = "{\"detail\":\"Invalid ingest parameter.\"}";

    /** The requests whose answers show client keys: method, path, body, and where the first key is in the answer. */
    static Stream<List<String>> answersWithKeys() {
        return Stream.of(
                List.of("GET", "projects/{o}/{p}/keys/", "", "[0]."),
                List.of("POST", "projects/{o}/{p}/keys/", "{}", ""),
                List.of("GET", "projects/{o}/{p}/keys/{k}/", "", ""),
                List.of("PUT", "projects/{o}/{p}/keys/{k}/", "{\"name\":\"Other\"}", ""),
                List.of("PUT", "projects/{o}/{p}/keys/{k}/", "{}", ""),
                List.of("GET", OWN + "projects/{o}/{p}/named-keys/Default/", "", ""),
                List.of("PUT", OWN + "projects/{o}/{p}/named-keys/Default/", "", ""),
                List.of("PUT", OWN + "projects/{o}/{p}/named-keys/app/", "{}", ""),
                List.of("GET", "organizations/{o}/project-keys/", "", "[0]."));
    }

    @Nested
    class WithoutAName {

        @ParameterizedTest
        @MethodSource("dev.countersign.ingest.IngestTest#answersWithKeys")
        void dsnsNameTheDefaultHost(List<String> request) {
            JsonPath key = send(request, "");

            assertThat(key.getString("dsn.public")).contains(DEFAULT);
            assertThat(key.getString("dsn.secret")).contains(DEFAULT);
            assertThat(key.getMap("")).doesNotContainKey("dsns");
        }

        @Test
        void noAnswerShowsTheMember() {
            assertThat(Api.operator().get(project()).asString()).doesNotContain("\"ingest\"");
            assertThat(Api.operator().get(organization()).asString()).doesNotContain("\"ingest\"");
        }
    }

    @Nested
    class NamedInTheRequest {

        @ParameterizedTest
        @MethodSource("dev.countersign.ingest.IngestTest#answersWithKeys")
        void dsnsNameThatHost(List<String> request) {
            store(project(), "us");

            JsonPath eu = send(request, "?ingest=eu-west");
            JsonPath none = send(request, "?ingest=default");

            assertThat(eu.getString("dsn.public")).contains(EU);
            assertThat(eu.getString("dsn.secret")).contains("@eu.internal.example.com/");
            assertThat(eu.getString("dsn.cdn")).startsWith("https://js.eu.example.com/");
            assertThat(none.getString("dsn.public")).contains(DEFAULT);
        }

        @ParameterizedTest
        @MethodSource("dev.countersign.ingest.IngestTest#answersWithKeys")
        void unknownEmptyAndRepeatedNamesAreRefused(List<String> request) {
            String path = path(request.get(1));
            List<String> before = keys();
            for (String query : List.of(
                    "ingest=nowhere",
                    "ingest=",
                    "ingest",
                    "ingest=EU-WEST",
                    "ingest=eu-west&ingest=eu-west",
                    "ingest=eu-west&ingest=",
                    "ingest=%00")) {
                Response response = send(Api.operator(), request.get(0), path + "?" + query, request.get(2));

                assertThat(response.statusCode()).as(query).isEqualTo(400);
                assertThat(response.asString()).isEqualTo(INVALID);
            }
            assertThat(keys()).isEqualTo(before);
        }

        /** As a cursor, the name is read after the path and before the body. */
        @Test
        void nameIsReadAfterThePathAndBeforeTheBody() {
            String query = "?ingest=nowhere";

            assertThat(Api.anonymous().post(tenant.keys() + query, "{").statusCode())
                    .isEqualTo(401);
            assertThat(tenant.apiKey("org:read")
                            .post(tenant.keys() + query, "{")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(Api.operator()
                            .post("projects/" + tenant.organization() + "/nope/keys/" + query, "{")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(Api.operator().post(tenant.keys() + query, "{").asString())
                    .isEqualTo(INVALID);
        }

        @Test
        void refusedChangeIsNotStored() {
            String key = tenant.key(tenant.newKey("{\"name\":\"Before\"}"));

            Api.operator().put(key + "?ingest=nowhere", "{\"name\":\"After\"}");

            assertThat(Api.operator().get(key).jsonPath().getString("name")).isEqualTo("Before");
        }
    }

    @Nested
    class StoredName {

        @ParameterizedTest
        @MethodSource("dev.countersign.ingest.IngestTest#answersWithKeys")
        void dsnsNameTheHostOfTheProjectThenOfTheOrganization(List<String> request) {
            store(organization(), "us");
            assertThat(send(request, "").getString("dsn.public"))
                    .contains(
                            "@o" + Api.operator().get(organization()).jsonPath().getString("id") + US);

            store(project(), "eu-west");
            assertThat(send(request, "").getString("dsn.public")).contains(EU);

            store(project(), "default");
            assertThat(send(request, "").getString("dsn.public")).contains(DEFAULT);

            store(project(), null);
            assertThat(send(request, "").getString("dsn.public")).contains(US);

            store(organization(), null);
            assertThat(send(request, "").getString("dsn.public")).contains(DEFAULT);
        }

        @Test
        void projectsOfOneListHaveTheirOwnHosts() {
            Api.operator()
                    .post("teams/" + tenant.organization() + "/core/projects/", "{\"name\":\"Second\"}")
                    .then()
                    .statusCode(201);
            store(organization(), "us");
            store(project(), "eu-west");

            JsonPath keys = Api.operator()
                    .get("organizations/" + tenant.organization() + "/project-keys/")
                    .jsonPath();

            assertThat(keys.getString("[0].dsn.public")).contains(US);
            assertThat(keys.getString("[1].dsn.public")).contains(EU);
        }

        @Test
        void memberIsShownWhereItIsSet() {
            store(project(), "eu-west");
            store(organization(), "us");

            assertThat(Api.operator().get(project()).jsonPath().getString("ingest"))
                    .isEqualTo("eu-west");
            assertThat(Api.operator().get(project()).jsonPath().getString("organization.ingest"))
                    .isEqualTo("us");
            assertThat(Api.operator()
                            .get("organizations/" + tenant.organization() + "/projects/")
                            .jsonPath()
                            .getString("[0].ingest"))
                    .isEqualTo("eu-west");

            store(project(), null);
            assertThat(Api.operator().get(project()).jsonPath().getMap("")).doesNotContainKey("ingest");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "\"nowhere\" | \"nowhere\" is not a valid choice.",
                    "\"EU-WEST\" | \"EU-WEST\" is not a valid choice.",
                    "\"eu-public\" | \"eu-public\" is not a valid choice.",
                    "5 | \"5\" is not a valid choice.",
                    "\"\" | This field may not be blank.",
                    "true | Not a valid string.",
                    "[\"us\"] | Not a valid string.",
                    "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" | Ensure this field has no more than 32 characters."
                })
        void unknownNameIsRefusedUnderItsMember(String value, String message) {
            store(project(), "eu-west");
            store(organization(), "us");
            for (String path : List.of(project(), organization())) {
                Response response = Api.operator().put(path, "{\"name\":\"Changed\",\"ingest\":" + value + "}");

                assertThat(response.statusCode()).isEqualTo(400);
                assertThat(response.jsonPath().getMap("")).isEqualTo(Map.of("ingest", List.of(message)));
                assertThat(Api.operator().get(path).jsonPath().getString("name"))
                        .isNotEqualTo("Changed");
            }
        }

        @Test
        void namesAreStoredByWhoMayWrite() {
            String body = "{\"ingest\":\"us\"}";

            assertThat(tenant.apiKey("project:read").put(project(), body).statusCode())
                    .isEqualTo(403);
            assertThat(tenant.apiKey("project:write").put(project(), body).statusCode())
                    .isEqualTo(200);
            assertThat(tenant.apiKey("org:read").put(organization(), body).statusCode())
                    .isEqualTo(403);
            assertThat(tenant.apiKey("org:write").put(organization(), body).statusCode())
                    .isEqualTo(200);
        }

        @Test
        void auditLogHasTheChange() {
            store(project(), "eu-west");
            store(project(), "eu-west");
            store(organization(), "us");
            store(organization(), null);

            JsonPath log = Api.operator()
                    .get("organizations/" + tenant.organization() + "/audit-logs/?per_page=3")
                    .jsonPath();

            assertThat(log.getList("rows.event")).isEqualTo(List.of("org.edit", "org.edit", "project.edit"));
            assertThat(log.<String, String>getMap("rows[0].data.before")).isEqualTo(Map.of("ingest", "us"));
            assertThat(log.<String, String>getMap("rows[0].data.after")).containsEntry("ingest", null);
            assertThat(log.<String, String>getMap("rows[2].data.after")).isEqualTo(Map.of("ingest", "eu-west"));
        }

        @Test
        void wizardIsHandedTheHostOfItsProject() {
            store(organization(), "us");
            assertThat(handedOver("").getString("dsn.public")).contains(US);

            store(project(), "eu-west");
            assertThat(handedOver("").getString("dsn.public")).contains(EU);
            assertThat(handedOver("?ingest=default&expand=dsns").getString("dsn.public"))
                    .contains(DEFAULT);
            assertThat(handedOver("?expand=dsns").getMap("dsns")).containsOnlyKeys("default", "eu-west", "us");
        }

        @Test
        void wrongNameHandsNothingOver() {
            String wizard = approved();

            assertThat(Api.anonymous().get(wizard + "?ingest=nowhere").asString())
                    .isEqualTo(INVALID);
            assertThat(Api.anonymous().get(wizard).statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class EveryHost {

        @ParameterizedTest
        @MethodSource("dev.countersign.ingest.IngestTest#answersWithKeys")
        void dsnsOfEachHostAreShownOnRequest(List<String> request) {
            JsonPath key = send(request, "?expand=x&expand=dsns&expand=y");

            assertThat(key.<String, Map<String, String>>getMap("dsns").keySet())
                    .containsExactly("default", "eu-west", "us");
            assertThat(key.getMap("dsns.default")).isEqualTo(key.getMap("dsn")).hasSize(13);
            assertThat(key.getMap("dsns.eu-west")).hasSize(13);
            assertThat(key.getString("dsns.eu-west.public")).contains(EU);
            assertThat(key.getString("dsns.us.secret")).contains(US);
        }

        @ParameterizedTest
        @ValueSource(strings = {"?expand=dsn", "?expand=", "?expand=dsns,dsn", "?expands=dsns"})
        void otherWordsShowNone(String query) {
            assertThat(Api.operator().get(tenant.keys() + query).jsonPath().getMap("[0]"))
                    .doesNotContainKey("dsns");
        }

        @Test
        void nameInTheRequestStillChoosesTheMemberDsn() {
            JsonPath keys =
                    Api.operator().get(tenant.keys() + "?expand=dsns&ingest=us").jsonPath();

            assertThat(keys.getMap("[0].dsn")).isEqualTo(keys.getMap("[0].dsns.us"));
        }
    }

    /** The first key of an answer. */
    private JsonPath send(List<String> request, String query) {
        Response response = send(Api.operator(), request.get(0), path(request.get(1)) + query, request.get(2));
        assertThat(response.statusCode()).as(response.asString()).isIn(200, 201);
        return response.jsonPath().setRootPath(request.get(3).replaceFirst("\\.$", ""));
    }

    private static Response send(Api api, String method, String path, String body) {
        return switch (method) {
            case "POST" -> api.post(path, body);
            case "PUT" -> api.put(path, body);
            default -> api.get(path);
        };
    }

    private String path(String template) {
        return template.replace("{o}", tenant.organization())
                .replace("{p}", tenant.project())
                .replace(
                        "{k}",
                        template.contains("{k}")
                                ? Api.operator().get(tenant.keys()).jsonPath().getString("[0].id")
                                : "");
    }

    private List<String> keys() {
        return Api.operator().get(tenant.keys()).jsonPath().getList("id");
    }

    private String project() {
        return "projects/" + tenant.organization() + "/" + tenant.project() + "/";
    }

    private String organization() {
        return "organizations/" + tenant.organization() + "/";
    }

    private static void store(String path, @Nullable String name) {
        String value = name == null ? "null" : '"' + name + '"';
        Response response = Api.operator().put(path, "{\"ingest\":" + value + "}");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.jsonPath().getString("ingest")).isEqualTo(name);
    }

    private String approved() {
        String hash = Api.anonymous().get("wizard/").jsonPath().getString("hash");
        Api.operator().post(project() + "wizard/" + hash + "/", "").then().statusCode(201);
        return "wizard/" + hash + "/";
    }

    /** The first key that a new wizard is given. */
    private JsonPath handedOver(String query) {
        return Api.anonymous().get(approved() + query).jsonPath().setRootPath("projects[0].keys[0]");
    }
}
