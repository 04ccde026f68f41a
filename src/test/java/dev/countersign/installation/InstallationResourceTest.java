package dev.countersign.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that clients call before all others: health, index, credential and regions. */
@QuarkusTest
class InstallationResourceTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"project:read", "team:admin", "org:ci", "event:read", "alerts:write"})
    void healthCheckTakesEveryScope(String scope) {
        Response response = Tenant.create().apiKey(scope).get("internal/health/");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.asString()).isEqualTo("""
                {"problems":[],"healthy":{}}""");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"internal/health/", "auth/", "users/me/regions/"})
    void missingAndBadCredentialsAreRefused(String path) {
        assertThat(Api.anonymous().get(path).statusCode()).isEqualTo(401);
        Response bad = Api.bearer("nobody-has-this-token").get(path);

        assertThat(bad.statusCode()).isEqualTo(401);
        assertThat(bad.header("WWW-Authenticate")).isEqualTo("xBasic realm=\"api\"");
        assertThat(bad.asString()).isEqualTo("""
                {"detail":"Invalid token"}""");
    }

    @Test
    void indexShowsTheScopesOfTheCaller() {
        Response response = Tenant.create().apiKey("project:write", "org:read").get("");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(response.asString()).isEqualTo("""
                        {"version":"0","auth":{"scopes":["project:write","org:read"]},"user":null}""");
    }

    @Test
    void indexNeedsNoCredentialAndRefusesABadOne() {
        assertThat(Api.anonymous().get("").asString()).isEqualTo("""
                {"version":"0","auth":null,"user":null}""");
        assertThat(Api.bearer("nobody-has-this-token").get("").statusCode()).isEqualTo(401);
    }

    @Test
    void credentialIsShownAsTheUser() {
        Response key = Tenant.create().apiKey("project:read").get("auth/");

        assertThat(key.jsonPath().getString("id")).matches("api-key:[0-9]+");
        assertThat(key.jsonPath().getString("name")).isEqualTo(key.jsonPath().getString("id"));
        assertThat(key.jsonPath().getString("email")).isEmpty();
        assertThat(key.jsonPath().getBoolean("isSuperuser")).isFalse();
        assertThat(Api.operator().get("auth/").jsonPath().getString("id")).isEqualTo("operator");
        assertThat(Api.operator().get("auth/").jsonPath().getBoolean("isSuperuser"))
                .isTrue();
    }

    @Test
    void onlyRegionIsTheConfiguredUrl() {
        Response response = Api.operator()
                .request()
                .header("Host", "attacker.example.com")
                .header("X-Forwarded-Host", "attacker.example.com")
                .get(Api.url("users/me/regions/"));

        assertThat(response.asString()).isEqualTo("""
                        {"regions":[{"name":"default","url":"%s"}]}""".formatted(Api.URL_PREFIX));
    }
}
