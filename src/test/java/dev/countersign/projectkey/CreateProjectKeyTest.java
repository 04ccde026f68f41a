package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a create takes, row by row of Sentry's tables. */
@QuarkusTest
class CreateProjectKeyTest extends WithTenant {

    static Stream<Arguments> rateLimits() {
        return Stream.of(
                arguments("absent", "{}", null),
                arguments("null", "{\"rateLimit\":null}", null),
                arguments("empty object", "{\"rateLimit\":{}}", null),
                arguments("both", "{\"rateLimit\":{\"count\":10,\"window\":60}}", limit(60, 10)),
                arguments("numeric texts", "{\"rateLimit\":{\"count\":\"10\",\"window\":\"60\"}}", limit(60, 10)),
                arguments("whole floats", "{\"rateLimit\":{\"count\":10.0,\"window\":1e3}}", limit(1000, 10)),
                arguments("zero count", "{\"rateLimit\":{\"count\":0,\"window\":60}}", null),
                arguments("zero window", "{\"rateLimit\":{\"count\":5,\"window\":0}}", null),
                arguments("both zero", "{\"rateLimit\":{\"count\":0,\"window\":0}}", null),
                arguments("null count", "{\"rateLimit\":{\"count\":null,\"window\":60}}", null),
                arguments("null window", "{\"rateLimit\":{\"count\":5,\"window\":null}}", null),
                arguments("blank count", "{\"rateLimit\":{\"count\":\"\",\"window\":60}}", null),
                arguments("blank window", "{\"rateLimit\":{\"count\":5,\"window\":\"\"}}", null),
                arguments("longest window", "{\"rateLimit\":{\"count\":5,\"window\":86400}}", limit(86400, 5)),
                arguments(
                        "greatest count",
                        "{\"rateLimit\":{\"count\":2147483647,\"window\":1}}",
                        limit(1, Integer.MAX_VALUE)));
    }

    @ParameterizedTest(name = "rateLimit {0}")
    @MethodSource("rateLimits")
    void rateLimitIsStored(String row, String body, Map<String, Integer> expected) {
        Response response = Api.operator().post(tenant.keys(), body);

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        assertThat(response.jsonPath().<String, Integer>getMap("rateLimit")).isEqualTo(expected);
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments("trimmed", "\"  Fabulous Key \"", "Fabulous Key"),
                arguments("64 characters after trimming", "\" " + "x".repeat(64) + " \"", "x".repeat(64)),
                arguments("a number", "12", "12"),
                arguments("64 characters", '"' + "x".repeat(64) + '"', "x".repeat(64)),
                arguments("64 emoji", '"' + "🔑".repeat(64) + '"', "🔑".repeat(64)),
                arguments("quotes and markup", "\"<b>\\\"';--\"", "<b>\"';--"));
    }

    @ParameterizedTest(name = "name {0}")
    @MethodSource("names")
    void nameIsStored(String row, String name, String expected) {
        Response response = Api.operator().post(tenant.keys(), "{\"name\":" + name + "}");

        assertThat(response.jsonPath().getString("name")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "name {0}")
    @MethodSource("unnamed")
    void missingNameIsGenerated(String row, String body) {
        Response response = Api.operator().post(tenant.keys(), body);

        assertThat(response.jsonPath().getString("name")).matches("[A-Z][a-z]+ [A-Z][a-z]+");
    }

    static Stream<Arguments> unnamed() {
        return Stream.of(
                arguments("null", "{\"name\":null}"),
                arguments("empty", "{\"name\":\"\"}"),
                arguments("blank", "{\"name\":\"   \"}"),
                arguments("label in its place", "{\"label\":\"ignored\"}"),
                arguments("absent", "{\"unknown\":[{}]}"));
    }

    @Test
    void newKeyHasTheDefaults() {
        Response response = Api.operator().post(tenant.keys(), "{\"public\":null,\"secret\":null}");

        var key = response.jsonPath();
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.header("Location")).isNull();
        assertThat(key.getString("public")).matches("[a-f0-9]{32}");
        assertThat(key.getString("secret")).matches("[a-f0-9]{32}").isNotEqualTo(key.getString("public"));
        assertThat(key.getBoolean("isActive")).isTrue();
        assertThat(key.getString("useCase")).isEqualTo("user");
        assertThat(key.getString("browserSdkVersion")).isEqualTo("10.x");
        assertThat(key.<List<String>>getList("browserSdk.choices"))
                .isEqualTo(Stream.of("10.x", "9.x", "8.x", "7.x")
                        .map(version -> List.of(version, version))
                        .toList());
        assertThat(key.<String, Boolean>getMap("dynamicSdkLoaderOptions"))
                .isEqualTo(Map.of(
                        "hasReplay", true,
                        "hasPerformance", true,
                        "hasDebug", false,
                        "hasFeedback", false,
                        "hasLogsAndMetrics", false));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"user", "profiling", "tempest", "demo"})
    void operatorSetsTheUseCase(String useCase) {
        Response response = Api.operator().post(tenant.keys(), "{\"useCase\":\"" + useCase + "\"}");

        assertThat(response.jsonPath().getString("useCase")).isEqualTo(useCase);
    }

    @Test
    void createStoresEverySetting() {
        Response response = Api.operator()
                .post(
                        tenant.keys(),
                        "{\"name\":\"t\",\"isActive\":false,\"browserSdkVersion\":\"7.x\",\"rateLimit\":{\"count\":0,"
                                + "\"window\":0},\"dynamicSdkLoaderOptions\":{\"hasDebug\":true,\"hasReplay\":false}}");

        var key = response.jsonPath();
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(key.getBoolean("isActive")).isFalse();
        assertThat(key.getString("browserSdkVersion")).isEqualTo("7.x");
        assertThat(key.<Object>get("rateLimit")).isNull();
        assertThat(key.<String, Boolean>getMap("dynamicSdkLoaderOptions"))
                .isEqualTo(Map.of(
                        "hasReplay", false,
                        "hasPerformance", true,
                        "hasDebug", true,
                        "hasFeedback", false,
                        "hasLogsAndMetrics", false));
    }

    @Test
    void chosenKeysAreStored() {
        String own = random();
        String secret = random();

        Response response =
                Api.operator().post(tenant.keys(), "{\"public\":\"" + own + "\",\"secret\":\"" + secret + "\"}");

        assertThat(response.jsonPath().getString("id")).isEqualTo(own);
        assertThat(response.jsonPath().getString("secret")).isEqualTo(secret);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void keyInUseAnywhereIsAConflict(String kind) {
        String own = random();
        Tenant other = Tenant.create();
        Api.operator().post(other.keys(), "{\"" + kind + "\":\"" + own + "\"}");

        Response response = Api.operator().post(tenant.keys(), "{\"" + kind + "\":\"" + own + "\"}");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.asString())
                .isEqualTo("{\"detail\":\"A client key with this " + kind + " key already exists.\"}");
    }

    static List<String> kinds() {
        return List.of("public", "secret");
    }

    @Test
    void onlyOperatorsSeeTheUseCase() {
        Response operators = Api.operator().post(tenant.keys(), "{\"useCase\":\"profiling\"}");
        Response others = tenant.apiKey("project:admin").post(tenant.keys(), "{\"useCase\":\"profiling\"}");

        assertThat(operators.jsonPath().getString("useCase")).isEqualTo("profiling");
        assertThat(others.statusCode()).isEqualTo(201);
        assertThat(others.jsonPath().getMap("$")).doesNotContainKey("useCase");
        String id = operators.jsonPath().getString("id");
        assertThat(tenant.apiKey("project:read").get(tenant.key(id)).statusCode())
                .isEqualTo(404);
        assertThat(tenant.apiKey("project:admin").delete(tenant.key(id)).statusCode())
                .isEqualTo(404);
    }

    private static Map<String, Integer> limit(int window, int count) {
        return Map.of("window", window, "count", count);
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
