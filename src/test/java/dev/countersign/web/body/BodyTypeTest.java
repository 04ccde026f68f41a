package dev.countersign.web.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body may be JSON, a form or a multipart form; other content types are refused. */
@QuarkusTest
class BodyTypeTest extends WithTenant {

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
}
