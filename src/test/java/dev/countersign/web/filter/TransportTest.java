package dev.countersign.web.filter;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all answers of the API have in common. */
@QuarkusTest
class TransportTest extends WithTenant {

    private static final String NOT_FOUND = """
            {"detail":"The requested resource does not exist"}""";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "projects/{o}/{p}/keys/ | GET, POST, HEAD, OPTIONS",
                "projects/{o}/{p}/keys/x/ | GET, PUT, DELETE, HEAD, OPTIONS",
                "projects/{o}/{p}/ | GET, PUT, DELETE, HEAD, OPTIONS",
                "projects/ | GET, HEAD, OPTIONS",
                "projects/{o}/{p}/teams/ | GET, HEAD, OPTIONS",
                "projects/{o}/{p}/teams/core/ | POST, DELETE, OPTIONS",
                "organizations/ | GET, POST, HEAD, OPTIONS",
                "organizations/{o}/ | GET, PUT, DELETE, HEAD, OPTIONS",
                "organizations/{o}/project-keys/ | GET, HEAD, OPTIONS",
                "organizations/{o}/projects/ | GET, POST, HEAD, OPTIONS",
                "organizations/{o}/teams/ | GET, POST, HEAD, OPTIONS",
                "organizations/{o}/api-keys/ | GET, POST, HEAD, OPTIONS",
                "organizations/{o}/api-keys/1/ | GET, PUT, DELETE, HEAD, OPTIONS",
                "organizations/{o}/api-keys/1/rotate/ | POST, OPTIONS",
                "teams/{o}/core/ | GET, PUT, DELETE, HEAD, OPTIONS",
                "teams/{o}/core/projects/ | GET, POST, HEAD, OPTIONS",
                "organizations/{o}/audit-logs/ | GET, HEAD, OPTIONS",
                "wizard/ | GET, HEAD, OPTIONS",
                "wizard/x/ | GET, DELETE, HEAD, OPTIONS",
                "projects/{o}/{p}/wizard/x/ | POST, OPTIONS",
                "auth/ | GET, HEAD, OPTIONS"
            })
    void allowListsTheMethodsOfAPath(String template, String allow) {
        String path = template.replace("{o}", tenant.organization()).replace("{p}", tenant.project());

        Response options = Api.anonymous().send("OPTIONS", path);
        Response patch = Api.anonymous().send("PATCH", path);

        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.asString()).isEmpty();
        assertThat(options.header("Allow")).isEqualTo(allow);
        assertThat(options.header("Access-Control-Allow-Methods")).isEqualTo(allow);
        assertThat(options.header("Access-Control-Max-Age")).isEqualTo("3600");
        assertThat(patch.statusCode()).isEqualTo(405);
        assertThat(patch.header("Allow")).isEqualTo(allow);
        assertThat(patch.asString()).isEqualTo("""
                {"detail":"Method \\"PATCH\\" not allowed."}""");
        assertThat(patch.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void deleteOfAListIsNotAllowed() {
        Response response = Api.operator().delete(tenant.keys());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.jsonPath().getString("detail")).isEqualTo("Method \"DELETE\" not allowed.");
    }

    @Test
    void headAnswersTheHeadersOfGet() {
        Response get = Api.operator().get(tenant.keys());
        Response head = Api.operator().send("HEAD", tenant.keys());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.asByteArray()).isEmpty();
        for (String name : new String[] {"Allow", "Link", "Content-Type", "Content-Language", "Vary"}) {
            assertThat(head.header(name)).as(name).isEqualTo(get.header(name));
        }
        assertThat(Api.anonymous().send("HEAD", tenant.keys()).statusCode()).isEqualTo(401);
        assertThat(tenant.apiKey("org:read").send("HEAD", tenant.keys()).statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "nope/",
                "projects/a/b/c/",
                "projects//nowhere-to-be-found/keys/",
                "projects/a/b/keys/c/stats/",
                "x.json"
            })
    void unknownRouteIsAnsweredInJson(String path) {
        Response response = Api.operator().get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.asString()).isEqualTo(NOT_FOUND);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("X-Frame-Options")).isEqualTo("deny");
        assertThat(response.header("X-Sentry-Error"))
                .isIn("There is no such route; /q/openapi describes all", "There is no such organization");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/", "/foo", "/projects/a/b/keys/"})
    void pathOutsideTheApiNamesTheApi(String path) {
        Response response = given().get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.asString()).isEqualTo("""
                                {"detail":"There is nothing here. The API is below /api/0/, and /q/openapi \
                                describes it."}""");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "organizations/nope/, organization",
        "projects/nope/{p}/, organization",
        "projects/nope/{p}/keys/, organization",
        "projects/nope/{p}/keys/abc/, organization",
        "projects/nope/{p}/teams/, organization",
        "projects/nope/1/keys/, organization",
        "projects/999999999/1/keys/, organization",
        "projects/{o}/nope/keys/, project",
        "projects/{o}/nope/keys/abc/, project",
        "projects/{o}/nope/teams/, project",
        "projects/{o}/999999999/keys/, project",
        "organizations/nope/projects/, organization",
        "organizations/nope/project-keys/, organization",
        "organizations/nope/teams/, organization",
        "teams/nope/{t}/projects/, organization",
        "teams/{o}/nope/projects/, team",
        "projects/{o}/{p}/keys/nope/, client key",
        "teams/nope/{t}/, organization",
        "teams/{o}/nope/, team",
        "organizations/{o}/api-keys/1/, API key"
    })
    void errorHeaderNamesTheMissingResource(String template, String kind) {
        String path = template.replace("{o}", tenant.organization())
                .replace("{p}", tenant.project())
                .replace("{t}", tenant.team());

        Response response = Api.operator().get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.asString()).isEqualTo(NOT_FOUND);
        assertThat(response.header("X-Sentry-Error")).isEqualTo("There is no such " + kind);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "projects/{o}/nope/teams/x/, project",
        "projects/nope/{p}/teams/x/, organization",
        "projects/{o}/{p}/keys/nope/, client key",
        "projects/nope/{p}/keys/nope/, organization",
        "projects/{o}/nope/keys/nope/, project",
        "teams/{o}/nope/, team",
        "organizations/{o}/api-keys/999999999/, API key"
    })
    void errorHeaderNamesTheMissingResourceOfADelete(String template, String kind) {
        String path = template.replace("{o}", tenant.organization()).replace("{p}", tenant.project());

        Response response = Api.operator().delete(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.asString()).isEqualTo(NOT_FOUND);
        assertThat(response.header("X-Sentry-Error")).isEqualTo("There is no such " + kind);
    }

    /** Of the projects of another organization, nothing tells whether there is that organization. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"nope/keys/", "nope/", "1/keys/", "nope/keys/abc/", "nope/teams/"})
    void otherOrganizationIsExplainedLikeAMissingOne(String rest) {
        Api caller = Tenant.create().apiKey("project:read");

        Response another = caller.get("projects/" + tenant.organization() + "/" + rest);
        Response none = caller.get("projects/no-such-organization/" + rest);

        assertThat(another.statusCode()).isEqualTo(404);
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(another.asString()).isEqualTo(none.asString()).isEqualTo(NOT_FOUND);
        assertThat(another.header("X-Sentry-Error"))
                .isEqualTo(none.header("X-Sentry-Error"))
                .isEqualTo("The credential has no such organization");
    }

    @Test
    void missingResourceOfTheOwnOrganizationIsNamed() {
        Api caller = tenant.apiKey("project:read");

        assertThat(caller.get("projects/" + tenant.organization() + "/nope/keys/")
                        .header("X-Sentry-Error"))
                .isEqualTo("There is no such project");
        assertThat(caller.get(tenant.key("abc")).header("X-Sentry-Error")).isEqualTo("There is no such client key");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "browserSdkVersion | browserSdkVersion takes 10.x, 4.x, 5.x, 6.x, 7.x, 8.x, 9.x, latest",
                "useCase | useCase takes demo, profiling, tempest, user"
            })
    void errorHeaderNamesTheChoices(String member, String explanation) {
        Response response = Api.operator().post(tenant.keys(), """
                {"%s":"x\\u000d\\u000ay"}""".formatted(member));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getList(member)).hasSize(1);
        assertThat(response.header("X-Sentry-Error")).isEqualTo(explanation);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"nope/{p}", "{o}/nope", "nope/nope", "{o}/999999999", "999999999/{p}", "{o}/%00", "{o}/a;b"})
    void unknownProjectIsNotFound(String names) {
        String path = "projects/" + names.replace("{o}", tenant.organization()).replace("{p}", tenant.project());

        Response response = Api.operator().get(path + "/keys/");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.asString()).isEqualTo(NOT_FOUND);
    }

    @Test
    void pathWithoutTrailingSlashIsServed() {
        String path = tenant.keys().substring(0, tenant.keys().length() - 1);

        assertThat(Api.operator().get(path).asString())
                .isEqualTo(Api.operator().get(tenant.keys()).asString());
        assertThat(Api.operator().post(path, "{}").statusCode()).isEqualTo(201);
    }

    @Test
    void organizationAndProjectTakeIds() {
        String organization = Api.operator()
                .get("organizations/" + tenant.organization() + "/")
                .jsonPath()
                .getString("id");
        String path = "projects/" + organization + "/" + tenant.projectId() + "/keys/";
        String id = tenant.newKey("{}");

        assertThat(Api.operator().get(path).statusCode()).isEqualTo(200);
        assertThat(Api.operator().put(path + id + "/", "{}").statusCode()).isEqualTo(200);
        assertThat(Api.operator().delete(path + id + "/").statusCode()).isEqualTo(204);
    }

    @Test
    void browsersOfEveryOriginMayCallWithoutCookies() {
        Response response = Api.operator()
                .request()
                .header("Origin", "https://app.example.com")
                .get(Api.url(tenant.keys()));

        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.header("Access-Control-Allow-Methods")).isEqualTo("GET, POST, HEAD, OPTIONS");
        assertThat(response.header("Access-Control-Allow-Headers"))
                .isEqualTo("X-Sentry-Auth, X-Requested-With, Origin, Accept, Content-Type, Authentication,"
                        + " Authorization, Content-Encoding, sentry-trace, baggage, X-CSRFToken");
        assertThat(response.header("Access-Control-Expose-Headers"))
                .isEqualTo("X-Sentry-Error, X-Sentry-Direct-Hit, X-Hits, X-Max-Hits, Endpoint, Retry-After, Link");
        assertThat(response.header("Access-Control-Allow-Credentials")).isNull();
    }

    @Test
    void formIsAccepted() {
        Response response = Api.operator()
                .request()
                .contentType("application/x-www-form-urlencoded")
                .body("name=Form%20Key&rateLimit.count=5&rateLimit.window=60&isActive=off")
                .post(Api.url(tenant.keys()));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.jsonPath().getString("name")).isEqualTo("Form Key");
        assertThat(response.jsonPath().getBoolean("isActive")).isFalse();
        assertThat(response.jsonPath().<String, Integer>getMap("rateLimit"))
                .isEqualTo(Map.of("window", 60, "count", 5));
    }

    @Test
    void multipartBodyIsAccepted() {
        Response response = Api.operator()
                .request()
                .multiPart("name", "Multipart Key")
                .multiPart("rateLimit.count", "5")
                .multiPart("rateLimit.window", "60")
                .post(Api.url(tenant.keys()));

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        assertThat(response.jsonPath().getString("name")).isEqualTo("Multipart Key");
        assertThat(response.jsonPath().<String, Integer>getMap("rateLimit"))
                .isEqualTo(Map.of("window", 60, "count", 5));
    }

    @Test
    void filesOfAMultipartBodyAreIgnored() {
        Response response = Api.operator()
                .request()
                .multiPart("name", "ignored.txt", "Not a name".getBytes(StandardCharsets.UTF_8))
                .post(Api.url(tenant.keys()));

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        assertThat(response.jsonPath().getString("name")).isNotEqualTo("Not a name");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"text/plain", "application/xml", "application/jsonx"})
    void otherContentTypeIsUnsupported(String type) {
        Response response = Api.operator()
                .request()
                .header("Content-Type", type)
                .body("x".getBytes(StandardCharsets.UTF_8))
                .post(Api.url(tenant.keys()));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.jsonPath().getString("detail"))
                .startsWith("Unsupported media type \"" + type)
                .endsWith("\" in request.");
    }

    @Test
    void getWithAContentTypeIsServed() {
        assertThat(Api.operator()
                        .request()
                        .contentType("application/json")
                        .get(Api.url(tenant.keys()))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest(name = "Accept: {0}")
    @ValueSource(strings = {"*/*", "application/json", "application/*", "text/html, application/json;q=0.5"})
    void jsonIsAcceptable(String accept) {
        assertThat(Api.operator()
                        .request()
                        .header("Accept", accept)
                        .get(Api.url(tenant.keys()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void otherAcceptIsRefused() {
        Response response =
                Api.operator().request().header("Accept", "text/html").get(Api.url(tenant.keys()));

        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(response.asString()).isEqualTo("""
                {"detail":"Could not satisfy the request Accept header."}""");
    }

    @Test
    void jsonIsIndentedOnRequest() {
        Response response = Api.operator()
                .request()
                .header("Accept", "application/json; indent=4")
                .get(Api.url(tenant.keys()));

        assertThat(response.asString()).startsWith("[\n    {\n        \"id\": \"");
        assertThat(Api.operator().get(tenant.keys()).asString()).startsWith("[{\"id\":\"");
    }
}
