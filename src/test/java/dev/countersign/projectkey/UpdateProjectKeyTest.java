package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Partial updates and removal, row by row of Sentry's tables. */
@QuarkusTest
class UpdateProjectKeyTest extends WithTenant {

    private static final String BEFORE = "{\"name\":\"Before\",\"rateLimit\":{\"window\":60,\"count\":10},"
            + "\"browserSdkVersion\":\"8.x\",\"dynamicSdkLoaderOptions\":{\"hasDebug\":true}}";

    private String path;

    @BeforeEach
    void createKey() {
        path = tenant.key(tenant.newKey(BEFORE));
    }

    static Stream<Arguments> changes() {
        Map<String, Integer> unchanged = Map.of("window", 60, "count", 10);
        return Stream.of(
                arguments("name", "{\"name\":\"After\"}", "name", "After"),
                arguments("name blank changes nothing", "{\"name\":\"\"}", "name", "Before"),
                arguments("name null changes nothing", "{\"name\":null}", "name", "Before"),
                arguments("false", "{\"isActive\":false}", "isActive", false),
                arguments("off", "{\"isActive\":\"off\"}", "isActive", false),
                arguments("0", "{\"isActive\":0}", "isActive", false),
                arguments("N", "{\"isActive\":\"N\"}", "isActive", false),
                arguments("yes", "{\"isActive\":\"yes\"}", "isActive", true),
                arguments("1", "{\"isActive\":1}", "isActive", true),
                arguments("limit absent", "{\"name\":\"x\"}", "rateLimit", unchanged),
                arguments("limit null", "{\"rateLimit\":null}", "rateLimit", null),
                arguments("limit empty", "{\"rateLimit\":{}}", "rateLimit", unchanged),
                arguments(
                        "limit both",
                        "{\"rateLimit\":{\"window\":3600,\"count\":500}}",
                        "rateLimit",
                        Map.of("window", 3600, "count", 500)),
                arguments(
                        "limit as texts",
                        "{\"rateLimit\":{\"window\":\"3600\",\"count\":\"500\"}}",
                        "rateLimit",
                        Map.of("window", 3600, "count", 500)),
                arguments("limit zeros", "{\"rateLimit\":{\"window\":0,\"count\":0}}", "rateLimit", null),
                arguments("limit other zero", "{\"rateLimit\":{\"window\":0,\"count\":5}}", "rateLimit", null),
                arguments("limit one zero", "{\"rateLimit\":{\"window\":60,\"count\":0}}", "rateLimit", null),
                arguments("limit blanks", "{\"rateLimit\":{\"window\":\"\",\"count\":\"\"}}", "rateLimit", null),
                arguments("limit one null", "{\"rateLimit\":{\"window\":null,\"count\":5}}", "rateLimit", null),
                arguments("limit one blank", "{\"rateLimit\":{\"window\":60,\"count\":\"\"}}", "rateLimit", null),
                arguments("version", "{\"browserSdkVersion\":\"latest\"}", "browserSdkVersion", "latest"),
                arguments("version absent stays", "{\"name\":\"x\"}", "browserSdkVersion", "8.x"),
                arguments("version of long ago", "{\"browserSdkVersion\":\"4.x\"}", "browserSdkVersion", "4.x"),
                arguments("options null", "{\"dynamicSdkLoaderOptions\":null}", DEBUG, true),
                arguments("options empty", "{\"dynamicSdkLoaderOptions\":{}}", DEBUG, true),
                arguments("options unknown", "{\"dynamicSdkLoaderOptions\":{\"x\":false}}", DEBUG, true),
                arguments("options a text", "{\"dynamicSdkLoaderOptions\":\"x\"}", DEBUG, true),
                arguments("options merge", "{\"dynamicSdkLoaderOptions\":{\"hasReplay\":false}}", DEBUG, true),
                arguments(
                        "options of which one is unknown",
                        "{\"dynamicSdkLoaderOptions\":{\"x\":5,\"hasDebug\":0}}",
                        DEBUG,
                        false),
                arguments("options change", "{\"dynamicSdkLoaderOptions\":{\"hasDebug\":\"f\"}}", DEBUG, false),
                arguments("useCase is ignored", "{\"useCase\":5}", "useCase", "user"),
                arguments("public is ignored", "{\"public\":5,\"secret\":5,\"label\":5,\"id\":5}", "name", "Before"));
    }

    private static final String DEBUG = "dynamicSdkLoaderOptions.hasDebug";

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void sentMemberIsChanged(String row, String body, String member, Object expected) {
        Response response = Api.operator().put(path, body);

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.jsonPath().<Object>get(member)).isEqualTo(expected);
        assertThat(Api.operator().get(path).asString()).isEqualTo(response.asString());
    }

    static Stream<Arguments> refusals() {
        String integer = "{\"rateLimit\":{\"count\":[\"A valid integer is required.\"]}}";
        return Stream.of(
                arguments(
                        "name of 65 characters",
                        "{\"name\":\"" + "x".repeat(65) + "\"}",
                        "{\"name\":[\"Ensure this field has no more than 64 characters.\"]}"),
                arguments("name a boolean", "{\"name\":true}", "{\"name\":[\"Not a valid string.\"]}"),
                arguments(
                        "name with a NUL",
                        "{\"name\":\"a\\u0000b\"}",
                        "{\"name\":[\"Null characters are not allowed.\"]}"),
                arguments("count a fraction", "{\"rateLimit\":{\"count\":1.5,\"window\":1}}", integer),
                arguments("count a word", "{\"rateLimit\":{\"count\":\"a\",\"window\":1}}", integer),
                arguments(
                        "count past 32 bits",
                        "{\"rateLimit\":{\"count\":2147483648,\"window\":1}}",
                        "{\"rateLimit\":{\"count\":[\"Ensure this value is less than or equal to 2147483647.\"]}}"),
                arguments(
                        "window past a day",
                        "{\"rateLimit\":{\"count\":1,\"window\":86401}}",
                        "{\"rateLimit\":{\"window\":[\"Ensure this value is less than or equal to 86400.\"]}}"),
                arguments(
                        "limit a list",
                        "{\"rateLimit\":[]}",
                        "{\"rateLimit\":{\"non_field_errors\":[\"Invalid data. Expected a dictionary, but got list.\"]}}"),
                arguments(
                        "options a number",
                        "{\"dynamicSdkLoaderOptions\":5}",
                        "{\"dynamicSdkLoaderOptions\":{\"non_field_errors\":[\"Invalid data. Expected a dictionary, but got"
                                + " int.\"]}}"),
                arguments(
                        "body a list",
                        "[]",
                        "{\"non_field_errors\":[\"Invalid data. Expected a dictionary, but got list.\"]}"),
                arguments("body null", "null", "{\"non_field_errors\":[\"No data provided\"]}"),
                arguments("active null", "{\"isActive\":null}", "{\"isActive\":[\"This field may not be null.\"]}"),
                arguments("active a word", "{\"isActive\":\"x\"}", "{\"isActive\":[\"Must be a valid boolean.\"]}"),
                arguments(
                        "version unknown",
                        "{\"browserSdkVersion\":\"foo\"}",
                        "{\"browserSdkVersion\":[\"\\\"foo\\\" is not a valid choice.\"]}"),
                arguments(
                        "version null",
                        "{\"browserSdkVersion\":null}",
                        "{\"browserSdkVersion\":[\"This field may not be null.\"]}"),
                arguments(
                        "option a word",
                        "{\"dynamicSdkLoaderOptions\":{\"hasReplay\":\"x\"}}",
                        "{\"dynamicSdkLoaderOptions\":{\"hasReplay\":[\"Must be a valid boolean.\"]}}"),
                arguments(
                        "option null",
                        "{\"dynamicSdkLoaderOptions\":{\"hasReplay\":null}}",
                        "{\"dynamicSdkLoaderOptions\":{\"hasReplay\":[\"This field may not be null.\"]}}"),
                arguments(
                        "count alone",
                        "{\"rateLimit\":{\"count\":5}}",
                        "{\"rateLimit\":{\"window\":[\"This field is required.\"]}}"),
                arguments(
                        "window alone",
                        "{\"rateLimit\":{\"window\":5}}",
                        "{\"rateLimit\":{\"count\":[\"This field is required.\"]}}"),
                arguments(
                        "one good, one bad",
                        "{\"name\":\"After\",\"isActive\":\"x\"}",
                        "{\"isActive\":[\"Must be a valid boolean.\"]}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void invalidUpdateIsRefusedAndNothingChanges(String row, String body, String expected) {
        String before = Api.operator().get(path).asString();

        Response response = Api.operator().put(path, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.asString()).isEqualTo(expected);
        assertThat(Api.operator().get(path).asString()).isEqualTo(before);
    }

    @Test
    void emptyBodyChangesNothing() {
        String before = Api.operator().get(path).asString();

        Response response = Api.operator().send("PUT", path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asString()).isEqualTo(before);
    }

    @Test
    void removedKeyIsNotFound() {
        Response first = Api.operator().delete(path);
        Response second = Api.operator().delete(path);

        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(first.asString()).isEmpty();
        assertThat(second.statusCode()).isEqualTo(404);
        assertThat(second.asString()).isEqualTo("{\"detail\":\"The requested resource does not exist\"}");
        assertThat(Api.operator().get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void everyKeyCanBeRemoved() {
        Api.operator().put(path, "{\"isActive\":false}");
        Api.operator().get(tenant.keys()).jsonPath().<String>getList("id").forEach(id -> assertThat(
                        Api.operator().delete(tenant.key(id)).statusCode())
                .isEqualTo(204));

        assertThat(Api.operator().get(tenant.keys()).asString()).isEqualTo("[]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangers")
    void unknownKeyIsNotFound(String key) {
        for (String method : new String[] {"GET", "PUT", "DELETE"}) {
            assertThat(Api.operator().send(method, tenant.keys() + key + "/").statusCode())
                    .as(method)
                    .isEqualTo(404);
        }
    }

    static Stream<String> strangers() {
        return Stream.of("1", "00000000000000000000000000000000", "%00", "%F0%9F%94%91", "a".repeat(3000), "a%20b");
    }

    @Test
    void keyInUpperCaseOrAnotherProjectIsNotFound() {
        String own = "a" + UUID.randomUUID().toString().replace("-", "").substring(1);
        String id = tenant.newKey("{\"public\":\"" + own + "\"}");
        Tenant other = Tenant.create();

        assertThat(Api.operator().get(tenant.key(id.toUpperCase(Locale.ROOT))).statusCode())
                .isEqualTo(404);
        assertThat(Api.operator().get(other.key(id)).statusCode()).isEqualTo(404);
        assertThat(Api.operator().delete(other.key(id)).statusCode()).isEqualTo(404);
        assertThat(Api.operator().get(tenant.key(id)).statusCode()).isEqualTo(200);
    }
}
