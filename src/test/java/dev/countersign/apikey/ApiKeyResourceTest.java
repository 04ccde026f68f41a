package dev.countersign.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys of an organization: what a POST takes and what its answer shows. */
@QuarkusTest
class ApiKeyResourceTest extends WithTenant {

    @Test
    void repeatedScopeIsStoredOnce() {
        String scopes = "\"org:read\",".repeat(60) + "\"org:write\"";

        Response created = create("""
                {"label":"x","scope_list":[%s]}""".formatted(scopes));

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.jsonPath().getList("scope_list")).containsExactly("org:read", "org:write");
    }

    @Test
    void secretIsShownOnlyOnce() {
        Response created = create("""
                {"label":"CI","scope_list":["project:read","project:write"],
                "allowed_origins":["https://app.example.com"]}""");
        String key = created.jsonPath().getString("key");
        String path = apiKeys() + created.jsonPath().getString("id") + "/";

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(key).matches("cs_[A-Za-z0-9_-]{43}");
        assertThat(created.jsonPath().getList("scope_list")).containsExactly("project:read", "project:write");
        assertThat(created.jsonPath().getList("allowed_origins")).containsExactly("https://app.example.com");
        assertThat(created.jsonPath().getString("status")).isEqualTo("active");
        assertThat(Api.operator().get(path).jsonPath().getMap("$")).doesNotContainKey("key");
        assertThat(Api.operator().put(path, """
                {"label":"x"}""").asString()).doesNotContain(key);
        assertThat(Api.operator().get(apiKeys()).asString()).doesNotContain(key);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    {} | {"scope_list":["This field is required."],"label":["This field is required."]}
                    {"label":"x","scope_list":[]} | {"scope_list":["This list may not be empty."]}
                    {"label":"x","scope_list":"project:read"} | {"scope_list":["Expected a list of items but got \
                    type \\"str\\"."]}
                    {"label":"x","scope_list":["root"]} | {"scope_list":["\\"root\\" is not a valid choice."]}
                    {"label":"x","scope_list":[1]} | {"scope_list":{"0":["Not a valid string."]}}
                    {"label":"x","scope_list":["org:read"],\
                    "allowed_origins":["app"]} | {"allowed_origins":["An origin looks like \
                    https://app.example.com."]}
                    {"label":"x","scope_list":["org:read"],\
                    "dateExpires":"soon"} | {"dateExpires":["Datetime has wrong format. Use \
                    2030-01-31T00:00:00Z."]}
                    """)
    void invalidKeyIsRefused(String body, String expected) {
        Response response = Api.operator().post(apiKeys(), body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.asString()).isEqualTo(expected);
        assertThat(Api.operator().get(apiKeys()).asString()).isEqualTo("[]");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "+999999999-12-31T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "10000-01-01T00:00:00Z",
                "2030-01-31",
                "2030-01-31T00:00Z",
                "2030-01-31T00:00:00",
                "2030-02-30T00:00:00Z",
                "2030-01-31T00:00:60Z",
                "2030-01-31T00:00:00+25:00",
                "2030-01-31T00:00:00.1234567890Z"
            })
    void malformedExpiryIsRefused(String time) {
        assertThat(create(ends(time)).asString()).isEqualTo("""
                        {"dateExpires":["Datetime has wrong format. Use 2030-01-31T00:00:00Z."]}""");
    }

    @Test
    void expiryIsAtMostAHundredYearsAhead() {
        OffsetDateTime last = OffsetDateTime.now(ZoneOffset.UTC).plusYears(100).truncatedTo(ChronoUnit.SECONDS);

        assertThat(create(ends(last.plusHours(1).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)))
                        .asString())
                .isEqualTo("""
                        {"dateExpires":["Ensure this date is at most 100 years ahead."]}""");
        assertThat(create(ends("9999-12-31T23:59:59Z")).statusCode()).isEqualTo(400);
        assertThat(create(ends(last.minusHours(1).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)))
                        .statusCode())
                .isEqualTo(201);
        assertThat(create(ends("2030-01-31t00:00:00.123456789z")).jsonPath().getString("dateExpires"))
                .isEqualTo("2030-01-31T00:00:00.123Z");
    }

    private static String ends(String time) {
        return """
                {"label":"x","scope_list":["project:read"],"dateExpires":"%s"}""".formatted(time);
    }

    private Response create(String body) {
        return Api.operator().post(apiKeys(), body);
    }

    private String apiKeys() {
        return tenant.path("organizations/{o}/api-keys/");
    }
}
