package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a create takes and refuses, row by row of Sentry's tables. */
@QuarkusTest
class CreateProjectKeyTest {

    private Tenant tenant;

    @BeforeEach
    void createTenant() {
        tenant = Tenant.create();
    }

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
                arguments("null count", "{\"rateLimit\":{\"count\":null,\"window\":60}}", null),
                arguments("blank window", "{\"rateLimit\":{\"count\":5,\"window\":\"\"}}", null),
                arguments("longest window", "{\"rateLimit\":{\"count\":5,\"window\":86400}}", limit(86400, 5)),
                arguments(
                        "greatest count",
                        "{\"rateLimit\":{\"count\":2147483647,\"window\":1}}",
                        limit(1, Integer.MAX_VALUE)));
    }

    @ParameterizedTest(name = "rateLimit {0}")
    @MethodSource("rateLimits")
    void rateLimitIsTaken(String row, String body, Map<String, Integer> expected) {
        Response response = Api.operator().post(tenant.keys(), body);

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        assertThat(response.jsonPath().<String, Integer>getMap("rateLimit")).isEqualTo(expected);
    }

    static Stream<Arguments> refusals() {
        String least = "Ensure this value is greater than or equal to 0.";
        String integer = "A valid integer is required.";
        return Stream.of(
                refused(
                        "window past a day",
                        "{\"rateLimit\":{\"count\":1,\"window\":86401}}",
                        "{'rateLimit':{'window':['Ensure this value is less than or equal to 86400.']}}"),
                refused(
                        "negative",
                        "{\"rateLimit\":{\"count\":-1,\"window\":-1}}",
                        "{'rateLimit':{'window':['" + least + "'],'count':['" + least + "']}}"),
                refused(
                        "count past 32 bits",
                        "{\"rateLimit\":{\"count\":2147483648,\"window\":1}}",
                        "{'rateLimit':{'count':['Ensure this value is less than or equal to 2147483647.']}}"),
                refused(
                        "count past every number",
                        "{\"rateLimit\":{\"count\":1e999999999,\"window\":1}}",
                        "{'rateLimit':{'count':['" + integer + "']}}"),
                refused(
                        "count alone",
                        "{\"rateLimit\":{\"count\":5}}",
                        "{'rateLimit':{'window':['This field is required.']}}"),
                refused(
                        "window alone",
                        "{\"rateLimit\":{\"window\":60}}",
                        "{'rateLimit':{'count':['This field is required.']}}"),
                refused(
                        "a word",
                        "{\"rateLimit\":{\"count\":\"a\",\"window\":1}}",
                        "{'rateLimit':{'count':['" + integer + "']}}"),
                refused(
                        "a fraction",
                        "{\"rateLimit\":{\"count\":1.5,\"window\":1}}",
                        "{'rateLimit':{'count':['" + integer + "']}}"),
                refused(
                        "a boolean",
                        "{\"rateLimit\":{\"count\":true,\"window\":1}}",
                        "{'rateLimit':{'count':['" + integer + "']}}"),
                refused(
                        "limit a text",
                        "{\"rateLimit\":\"x\"}",
                        "{'rateLimit':{'non_field_errors':['Invalid data. Expected a dictionary, but got str.']}}"),
                refused(
                        "limit a list",
                        "{\"rateLimit\":[]}",
                        "{'rateLimit':{'non_field_errors':['Invalid data. Expected a dictionary, but got list.']}}"),
                refused(
                        "limit a number",
                        "{\"rateLimit\":5}",
                        "{'rateLimit':{'non_field_errors':['Invalid data. Expected a dictionary, but got int.']}}"),
                refused(
                        "name of 65 characters",
                        "{\"name\":\"" + "x".repeat(65) + "\"}",
                        "{'name':['Ensure this field has no more than 64 characters.']}"),
                refused(
                        "name of 65 emoji",
                        "{\"name\":\"" + "🔑".repeat(65) + "\"}",
                        "{'name':['Ensure this field has no more than 64 characters.']}"),
                refused("name a boolean", "{\"name\":true}", "{'name':['Not a valid string.']}"),
                refused("name a list", "{\"name\":[]}", "{'name':['Not a valid string.']}"),
                refused("name an object", "{\"name\":{}}", "{'name':['Not a valid string.']}"),
                refused("name with a NUL", "{\"name\":\"a\\u0000b\"}", "{'name':['Null characters are not allowed.']}"),
                refused(
                        "name with half a character",
                        "{\"name\":\"\\ud800\"}",
                        "{'name':['Surrogate characters are not allowed: U+D800.']}"),
                refused("public in upper case", "{\"public\":\"" + "A".repeat(32) + "\"}", pattern("public")),
                refused("public of 31", "{\"public\":\"" + "a".repeat(31) + "\"}", pattern("public")),
                refused(
                        "public with dashes",
                        "{\"public\":\"1d98e4fa-4735-41f2-9018-fb43a2974cd2\"}",
                        pattern("public")),
                refused("public a number", "{\"public\":12}", pattern("public")),
                refused("secret in upper case", "{\"secret\":\"" + "A".repeat(32) + "\"}", pattern("secret")),
                refused("public blank", "{\"public\":\"\"}", "{'public':['This field may not be blank.']}"),
                refused(
                        "use case unknown",
                        "{\"useCase\":\"bogus\"}",
                        "{'useCase':['\\\\\"bogus\\\\\" is not a valid choice.']}"),
                refused("use case null", "{\"useCase\":null}", "{'useCase':['This field may not be null.']}"),
                refused(
                        "body a list",
                        "[]",
                        "{'non_field_errors':['Invalid data. Expected a dictionary, but got list.']}"),
                refused(
                        "body a text",
                        "\"x\"",
                        "{'non_field_errors':['Invalid data. Expected a dictionary, but got str.']}"),
                refused(
                        "body a number",
                        "5",
                        "{'non_field_errors':['Invalid data. Expected a dictionary, but got int.']}"),
                refused("body null", "null", "{'non_field_errors':['No data provided']}"),
                refused("active null", "{\"isActive\":null}", "{'isActive':['This field may not be null.']}"),
                refused("active a word", "{\"isActive\":\"maybe\"}", "{'isActive':['Must be a valid boolean.']}"),
                refused(
                        "version unknown",
                        "{\"browserSdkVersion\":\"3.x\"}",
                        "{'browserSdkVersion':['\\\\\"3.x\\\\\" is not a valid choice.']}"),
                refused(
                        "option a word",
                        "{\"dynamicSdkLoaderOptions\":{\"hasReplay\":\"maybe\"}}",
                        "{'dynamicSdkLoaderOptions':{'hasReplay':['Must be a valid boolean.']}}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void isRefusedAndNothingIsStored(String row, String body, String expected) {
        Response response = Api.operator().post(tenant.keys(), body);

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
        assertThat(response.jsonPath().<Object>get("$"))
                .isEqualTo(JsonPath.from(expected).get("$"));
        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("$")).hasSize(1);
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments("trimmed", "\"  Fabulous Key \"", "Fabulous Key"),
                arguments("a number", "12", "12"),
                arguments("64 characters", '"' + "x".repeat(64) + '"', "x".repeat(64)),
                arguments("64 emoji", '"' + "🔑".repeat(64) + '"', "🔑".repeat(64)),
                arguments("quotes and markup", "\"<b>\\\"';--\"", "<b>\"';--"));
    }

    @ParameterizedTest(name = "name {0}")
    @MethodSource("names")
    void nameIsTaken(String row, String name, String expected) {
        Response response = Api.operator().post(tenant.keys(), "{\"name\":" + name + "}");

        assertThat(response.jsonPath().getString("name")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "name {0}")
    @MethodSource("unnamed")
    void aNameIsMadeUp(String row, String body) {
        Response response = Api.operator().post(tenant.keys(), body);

        assertThat(response.jsonPath().getString("name")).matches("[A-Z][a-z]+ [A-Z][a-z]+");
    }

    static Stream<Arguments> unnamed() {
        return Stream.of(
                arguments("null", "{\"name\":null}"),
                arguments("blank", "{\"name\":\"   \"}"),
                arguments("absent", "{\"unknown\":[{}]}"));
    }

    @Test
    void terraformsWholeRequestIsHonouredInOneCall() {
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
    void keysMayBeBroughtAlong() {
        String own = random();
        String secret = random();

        Response response =
                Api.operator().post(tenant.keys(), "{\"public\":\"" + own + "\",\"secret\":\"" + secret + "\"}");

        assertThat(response.jsonPath().getString("id")).isEqualTo(own);
        assertThat(response.jsonPath().getString("secret")).isEqualTo(secret);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aKeyThatIsInUseAnywhereIsAConflict(String kind) {
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
    void theUseCaseIsForOperatorsAlone() {
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

    private static String pattern(String field) {
        return "{'" + field + "':['This value does not match the required pattern.']}";
    }

    private static Arguments refused(String row, String body, String expected) {
        return arguments(row, body, expected.replace('\'', '"').replace("\\\\\"", "\\\""));
    }
}
