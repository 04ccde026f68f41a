package dev.countersign.web.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code X-Sentry-Error} explains a refusal beside the body in Sentry's words. */
@QuarkusTest
class ExplanationTest extends WithTenant {

    private static final String NOT_FOUND = """
            {"detail":"The requested resource does not exist"}""";

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
        String path = tenant.path(template);

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
        String path = tenant.path(template);

        Response response = Api.operator().delete(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.asString()).isEqualTo(NOT_FOUND);
        assertThat(response.header("X-Sentry-Error")).isEqualTo("There is no such " + kind);
    }

    /** The answer does not show whether another organization exists. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"nope/keys/", "nope/", "1/keys/", "nope/keys/abc/", "nope/teams/"})
    void otherOrganizationIsExplainedLikeAMissingOne(String rest) {
        Api caller = Tenant.create().apiKey("project:read");

        Response another = caller.get(tenant.path("projects/{o}/") + rest);
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

        assertThat(caller.get(tenant.path("projects/{o}/nope/keys/")).header("X-Sentry-Error"))
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
}
