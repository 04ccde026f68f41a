package dev.countersign.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accepted credentials, and the answers to all other credentials. */
@QuarkusTest
class CredentialTest extends WithTenant {

    private static final String NONE = "Authentication credentials were not provided.";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer nobodys-token | Invalid token",
                "bearer cs_0000000000000000000000000000000000000000000 | Invalid token",
                "Bearer | Invalid token header. No credentials provided.",
                "Bearer a b | Invalid token header. Token string should not contain spaces.",
                "Basic | Invalid basic header. No credentials provided.",
                "Basic a b | Invalid basic header. Credentials string should not contain spaces.",
                "Basic !!! | Invalid basic header. Credentials not correctly base64 encoded.",
                "Basic bm9jb2xvbg== | Invalid basic header. Credentials not correctly base64 encoded.",
                "Basic bm9ib2R5Og== | API key is not valid",
                "Basic dXNlcjpwYXNzd29yZA== | Authentication credentials were not provided.",
                "DSN https://key@sentry.io/2 | Authentication credentials were not provided.",
                "Digest x | Authentication credentials were not provided."
            })
    void badCredentialIsRefusedWithItsReason(String authorization, String detail) {
        assertRefused(new Api(authorization), detail);
    }

    @Test
    void missingCredentialIsRefused() {
        assertRefused(Api.anonymous(), NONE);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"Token cs_secret", "DSN https://key@sentry.io/2", "cs_secret", "Basic dXNlcjpwYXNzd29yZA=="})
    void errorHeaderNamesTheAcceptedSchemes(String authorization) {
        Response response = new Api(authorization).get(tenant.keys());

        assertThat(response.asString()).isEqualTo("""
                {"detail":"%s"}""".formatted(NONE));
        assertThat(response.header("X-Sentry-Error"))
                .isEqualTo(
                        "Authorization takes Bearer and a key, or Basic with a key as user name and an empty password");
        assertThat(Api.anonymous().get(tenant.keys()).headers().hasHeaderWithName("X-Sentry-Error"))
                .isFalse();
    }

    @Test
    void bearerAndBasicTakeAnApiKey() {
        String key = tenant.newApiKey("project:read");

        assertThat(Api.bearer(key).get(tenant.keys()).statusCode()).isEqualTo(200);
        assertThat(new Api("bEaReR " + key).get(tenant.keys()).statusCode()).isEqualTo(200);
        assertThat(new Api("Basic " + base64(key + ":")).get(tenant.keys()).statusCode())
                .isEqualTo(200);
        assertThat(new Api("basic " + base64(key + ":")).get(tenant.keys()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void basicWithAPasswordIsRefused() {
        assertRefused(new Api("Basic " + base64(tenant.newApiKey("project:read") + ":secret")), NONE);
    }

    @Test
    void disabledKeyIsRefusedUntilItIsEnabled() {
        Response created = create("""
                {"label":"x","scope_list":["project:read"]}""");
        Api api = Api.bearer(created.jsonPath().getString("key"));
        String path = apiKeys() + created.jsonPath().getString("id") + "/";

        Api.operator().put(path, """
                {"status":"disabled"}""").then().statusCode(200);
        assertRefused(api, "Key is disabled");

        Api.operator().put(path, """
                {"status":"active"}""").then().statusCode(200);
        assertThat(api.get(tenant.keys()).statusCode()).isEqualTo(200);
    }

    @Test
    void expiredKeyIsRefused() {
        Response created = create("""
                        {"label":"x","scope_list":["project:read"],"dateExpires":"2020-01-31T00:00:00+01:00"}""");

        assertThat(created.jsonPath().getString("dateExpires")).isEqualTo("2020-01-30T23:00:00.000Z");
        assertRefused(Api.bearer(created.jsonPath().getString("key")), "Token expired");
    }

    @Test
    void removedKeyIsRefused() {
        Response created = create("""
                {"label":"x","scope_list":["project:read"]}""");
        Api.operator()
                .delete(apiKeys() + created.jsonPath().getString("id") + "/")
                .then()
                .statusCode(204);

        assertRefused(Api.bearer(created.jsonPath().getString("key")), "Invalid token");
    }

    @Test
    void rotatedKeyHasANewSecret() {
        Response created = create("""
                {"label":"x","scope_list":["project:read"]}""");

        Response rotated = Api.operator().post(apiKeys() + created.jsonPath().getString("id") + "/rotate/", "{}");

        assertThat(rotated.jsonPath().getString("key"))
                .isNotEqualTo(created.jsonPath().getString("key"));
        assertRefused(Api.bearer(created.jsonPath().getString("key")), "Invalid token");
        assertThat(Api.bearer(rotated.jsonPath().getString("key"))
                        .get(tenant.keys())
                        .statusCode())
                .isEqualTo(200);
    }

    private void assertRefused(Api api, String detail) {
        Response response = api.get(tenant.keys());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).isEqualTo("xBasic realm=\"api\"");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.asString()).isEqualTo("""
                {"detail":"%s"}""".formatted(detail));
    }

    private Response create(String body) {
        return Api.operator().post(apiKeys(), body);
    }

    private String apiKeys() {
        return tenant.path("organizations/{o}/api-keys/");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
