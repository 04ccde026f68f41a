package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a create refuses, row by row of Sentry's tables. */
@QuarkusTest
class RefusedProjectKeyTest extends WithTenant {

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
                        "{'rateLimit':{'count':['" + least + "'],'window':['" + least + "']}}"),
                refused(
                        "count past 32 bits",
                        "{\"rateLimit\":{\"count\":2147483648,\"window\":1}}",
                        "{'rateLimit':{'count':['Ensure this value is less than or equal to 2147483647.']}}"),
                refused(
                        "count past every number",
                        "{\"rateLimit\":{\"count\":1e999999999,\"window\":1}}",
                        "{'detail':'JSON parse error - The exponent of a number is beyond 400: line 1 column 34'}"),
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
                refused("public not hexadecimal", "{\"public\":\"" + "g".repeat(32) + "\"}", pattern("public")),
                refused("secret in upper case", "{\"secret\":\"" + "A".repeat(32) + "\"}", pattern("secret")),
                refused("secret of 33", "{\"secret\":\"" + "a".repeat(33) + "\"}", pattern("secret")),
                refused("secret a number", "{\"secret\":12}", pattern("secret")),
                refused("public blank", "{\"public\":\"\"}", "{'public':['This field may not be blank.']}"),
                refused("secret blank", "{\"secret\":\"\"}", "{'secret':['This field may not be blank.']}"),
                refused(
                        "two faults at once",
                        "{\"name\":[],\"useCase\":null}",
                        "{'name':['Not a valid string.'],'useCase':['This field may not be null.']}"),
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
    void invalidCreateIsRefusedAndNothingIsStored(String row, String body, String expected) {
        Response response = Api.operator().post(tenant.keys(), body);

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
        assertThat(response.asString()).isEqualTo(expected);
        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("$")).hasSize(1);
    }

    private static String pattern(String field) {
        return "{'" + field + "':['This value does not match the required pattern.']}";
    }

    private static Arguments refused(String row, String body, String expected) {
        return arguments(row, body, expected.replace('\'', '"').replace("\\\\\"", "\\\""));
    }
}
