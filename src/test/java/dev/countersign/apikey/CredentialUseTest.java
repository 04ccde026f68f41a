package dev.countersign.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Allowed origins of an API key, and the time of its last use. */
@QuarkusTest
class CredentialUseTest extends WithTenant {

    private static final String ORIGIN = "https://app.example.com";

    @Test
    void allowedOriginIsEchoed() {
        Response response = from(ORIGIN, create("""
                ["*.example.com"]"""));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(response.header("Vary")).isEqualTo("Accept-Language, Cookie, Origin");
    }

    @Test
    void otherOriginIsRefusedFirst() {
        Response key = create("""
                ["https://www.example.com"]""");
        Response response = from(ORIGIN, key);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.asString()).isEqualTo("\"Invalid origin: " + ORIGIN + "\"");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("Access-Control-Allow-Origin")).isNull();
        assertThat(Api.bearer(key.jsonPath().getString("key"))
                        .request()
                        .header("Origin", ORIGIN)
                        .delete(Api.url("projects/no/such/keys/key/"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(Api.bearer(key.jsonPath().getString("key"))
                        .request()
                        .header("Origin", ORIGIN)
                        .get(Api.url(""))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void requestWithoutOriginIsServed() {
        String key = create("""
                ["https://www.example.com"]""").jsonPath().getString("key");

        assertThat(Api.bearer(key).get(tenant.keys()).statusCode()).isEqualTo(200);
    }

    @Test
    void apiKeyWithoutOriginsServesEveryOrigin() {
        Response response = from(ORIGIN, create("[]"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(from(ORIGIN, create("""
                ["*"]""")).statusCode()).isEqualTo(200);
    }

    @Test
    void lastUseIsWrittenInTheBackground() {
        Response key = create("[]");
        assertThat(lastUse(key)).isNull();

        Instant before = Instant.now().minusSeconds(1);
        Api.bearer(key.jsonPath().getString("key")).get(tenant.keys()).then().statusCode(200);

        String lastUse = Poll.until(() -> lastUse(key), Objects::nonNull);
        assertThat(lastUse).endsWith("Z");
        assertThat(Instant.parse(lastUse)).isAfter(before);
    }

    @Test
    void refusedRequestIsNoUse() {
        Response key = create("""
                ["https://www.example.com"]""");
        Response used = create("[]");
        from(ORIGIN, key);
        from(ORIGIN, used);

        assertThat(Poll.until(() -> lastUse(used), Objects::nonNull)).isNotNull();
        assertThat(lastUse(key)).isNull();
    }

    private @Nullable String lastUse(Response key) {
        return Api.operator()
                .get(apiKeys() + key.jsonPath().getString("id") + "/")
                .jsonPath()
                .getString("dateLastUsed");
    }

    private Response from(String origin, Response key) {
        return Api.bearer(key.jsonPath().getString("key"))
                .request()
                .header("Origin", origin)
                .get(Api.url(tenant.keys()));
    }

    private Response create(String origins) {
        return Api.operator().post(apiKeys(), """
                                {"label":"browser","scope_list":["project:read"],"allowed_origins":%s}""".formatted(origins));
    }

    private String apiKeys() {
        return tenant.path("organizations/{o}/api-keys/");
    }
}
