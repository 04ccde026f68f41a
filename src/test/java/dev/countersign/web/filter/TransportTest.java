package dev.countersign.web.filter;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, paths, CORS and media types of all answers of the API. Each has few lines; together they are long. */
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
        String path = tenant.path(template);

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
    @ValueSource(strings = {"GET", "HEAD"})
    void jsonOfAResourceHasNoCharset(String method) {
        Response response = Api.operator().send(method, "organizations/");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/foo", "/projects/a/b/keys/"})
    void pathOutsideTheApiNamesTheApi(String path) {
        Response response = given().get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.asString()).isEqualTo("""
                                {"detail":"There is nothing here. The API is below /api/0/, and /q/openapi \
                                describes it."}""");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"nope/{p}", "{o}/nope", "nope/nope", "{o}/999999999", "999999999/{p}", "{o}/%00", "{o}/a;b"})
    void unknownProjectIsNotFound(String names) {
        String path = "projects/" + tenant.path(names);

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
        String organization =
                Api.operator().get(tenant.path("organizations/{o}/")).jsonPath().getString("id");
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
                        + " Authorization, Content-Encoding, sentry-trace, baggage, X-CSRFToken, Idempotency-Key");
        assertThat(response.header("Access-Control-Expose-Headers"))
                .isEqualTo("X-Sentry-Error, X-Sentry-Direct-Hit, X-Hits, X-Max-Hits, Endpoint, Retry-After, Link,"
                        + " Idempotency-Replayed");
        assertThat(response.header("Access-Control-Allow-Credentials")).isNull();
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
