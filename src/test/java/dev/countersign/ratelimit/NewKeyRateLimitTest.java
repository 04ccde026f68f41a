package dev.countersign.ratelimit;

import static dev.countersign.ratelimit.Limits.NONE;
import static dev.countersign.ratelimit.Limits.OF_ORGANIZATION;
import static dev.countersign.ratelimit.Limits.OF_PROJECT;
import static dev.countersign.ratelimit.Limits.limit;
import static dev.countersign.ratelimit.Limits.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rate limits of new client keys, and of keys that existed before their default. */
@QuarkusTest
class NewKeyRateLimitTest extends WithTenant {

    private static final String OWN = "/api/countersign/v1/";

    /** The requests that create a client key in a project: method, path, body. */
    static Stream<List<String>> creates() {
        return Stream.of(
                List.of("POST", "projects/{o}/{p}/keys/", "{}"),
                List.of("POST", "projects/{o}/{p}/keys/", """
                        {"name":"x","rateLimit":{}}"""),
                List.of("PUT", OWN + "projects/{o}/{p}/named-keys/app/", ""),
                List.of("PUT", OWN + "projects/{o}/{p}/named-keys/app/", """
                        {"isActive":false}"""),
                List.of("KEYED", "projects/{o}/{p}/keys/", "{}"));
    }

    /** The requests that create a project, whose first key is called Default: path, body. */
    static Stream<List<String>> projects() {
        return Stream.of(
                List.of("POST", "teams/{o}/{t}/projects/", """
                        {"name":"Second"}"""),
                List.of("KEYED", "teams/{o}/{t}/projects/", """
                        {"name":"Second"}"""),
                List.of("POST", "organizations/{o}/projects/", """
                        {"name":"Second"}"""));
    }

    @ParameterizedTest
    @MethodSource("creates")
    void newKeyHasNoLimitWithoutADefault(List<String> request) {
        assertThat(limit(send(request))).isNull();
    }

    @ParameterizedTest
    @MethodSource("creates")
    void newKeyHasTheDefaultOfItsOrganization(List<String> request) {
        store(organization(), OF_ORGANIZATION);

        assertThat(limit(send(request))).isEqualTo(OF_ORGANIZATION);
    }

    @ParameterizedTest
    @MethodSource("creates")
    void newKeyHasTheDefaultOfItsProjectBeforeThatOfItsOrganization(List<String> request) {
        store(organization(), OF_ORGANIZATION);
        store(project(), OF_PROJECT);

        assertThat(limit(send(request))).isEqualTo(OF_PROJECT);
    }

    @ParameterizedTest
    @MethodSource("creates")
    void newKeyHasNoLimitWhereTheProjectSaysSo(List<String> request) {
        store(organization(), OF_ORGANIZATION);
        store(project(), NONE);

        assertThat(limit(send(request))).isNull();
    }

    @ParameterizedTest
    @MethodSource("creates")
    void newKeyHasTheDefaultOfItsOrganizationOnceTheProjectHasNone(List<String> request) {
        store(organization(), OF_ORGANIZATION);
        store(project(), OF_PROJECT);
        store(project(), "null");

        assertThat(limit(send(request))).isEqualTo(OF_ORGANIZATION);
    }

    @ParameterizedTest
    @MethodSource("projects")
    void keyOfANewProjectHasTheDefaultOfItsOrganization(List<String> request) {
        store(organization(), OF_ORGANIZATION);
        store(project(), OF_PROJECT);

        assertThat(limit(first(send(request)))).isEqualTo(OF_ORGANIZATION);

        store(organization(), NONE);
        assertThat(limit(first(send(request)))).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            null                      | none
            {"window":0,"count":0}    | none
            {"window":60,"count":0}   | none
            {"window":5,"count":6}    | {"window":5,"count":6}
            """)
    void newKeyHasTheLimitThatItsRequestNames(String sent, @Nullable String shown) {
        store(organization(), OF_ORGANIZATION);
        String body = "{\"rateLimit\":" + sent + "}";

        assertThat(limit(send(List.of("POST", "projects/{o}/{p}/keys/", body)))).isEqualTo(shown);
        assertThat(limit(send(List.of("PUT", OWN + "projects/{o}/{p}/named-keys/app/", body))))
                .isEqualTo(shown);
    }

    @Test
    void newKeyOfAnotherOrganizationHasNoLimit() {
        store(organization(), OF_ORGANIZATION);
        tenant = Tenant.create();

        assertThat(limit(send(List.of("POST", "projects/{o}/{p}/keys/", "{}")))).isNull();
    }

    @Test
    void storedKeyKeepsItsLimitWhenADefaultChanges() {
        store(organization(), OF_ORGANIZATION);
        String limited = tenant.key(tenant.newKey("{}"));
        String first = Api.operator().get(tenant.keys()).jsonPath().getString("[1].id");

        store(organization(), "null");
        store(project(), OF_PROJECT);

        assertThat(limit(Api.operator().get(limited).jsonPath())).isEqualTo(OF_ORGANIZATION);
        assertThat(limit(Api.operator().get(tenant.key(first)).jsonPath())).isNull();
    }

    @Test
    void changedKeyGetsNoDefault() {
        String key = tenant.key(tenant.newKey("{}"));
        store(project(), OF_PROJECT);

        assertThat(limit(Api.operator().put(key, """
                {"name":"Other"}""").jsonPath())).isNull();
        assertThat(limit(Api.operator().put(tenant.named("Other"), "{}").jsonPath()))
                .isNull();
        assertThat(limit(Api.operator().put(key, """
                {"rateLimit":null}""").jsonPath())).isNull();
    }

    @Test
    void repeatedCreateShowsTheKeyAsItIs() {
        store(project(), OF_PROJECT);
        JsonPath created = keyed("repeated", tenant.keys(), "{}").jsonPath();
        store(project(), OF_ORGANIZATION);

        Response repeated = keyed("repeated", tenant.keys(), "{}");

        assertThat(repeated.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(repeated.jsonPath().getMap("")).isEqualTo(created.getMap(""));
        assertThat(limit(repeated.jsonPath())).isEqualTo(OF_PROJECT);
    }

    private JsonPath send(List<String> request) {
        String path = tenant.path(request.get(1));
        Response response =
                switch (request.get(0)) {
                    case "KEYED" -> keyed(UUID.randomUUID().toString(), path, request.get(2));
                    case "PUT" -> Api.operator().put(path, request.get(2));
                    default -> Api.operator().post(path, request.get(2));
                };
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        return response.jsonPath();
    }

    private static Response keyed(String key, String path, String body) {
        return Api.operator()
                .request()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post(Api.url(path));
    }

    /** The only key of a new project. */
    private JsonPath first(JsonPath project) {
        JsonPath keys = Api.operator()
                .get("projects/" + tenant.organization() + "/" + project.getString("slug") + "/keys/")
                .jsonPath();
        assertThat(keys.getList("name")).isEqualTo(List.of("Default"));
        return keys.setRootPath("[0]");
    }

    private String project() {
        return tenant.path("projects/{o}/{p}/");
    }

    private String organization() {
        return tenant.path("organizations/{o}/");
    }
}
