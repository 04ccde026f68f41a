package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A POST of a client key with an invalid member is refused in Sentry's words. */
@QuarkusTest
class RefusedProjectKeyTest extends WithTenant {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    window past a day | {"rateLimit":{"count":1,"window":86401}} \
                    | {"rateLimit":{"window":["Ensure this value is less than or equal to 86400."]}}
                    negative | {"rateLimit":{"count":-1,"window":-1}} \
                    | {"rateLimit":{"count":["Ensure this value is greater than or equal to 0."],\
                    "window":["Ensure this value is greater than or equal to 0."]}}
                    count past 32 bits | {"rateLimit":{"count":2147483648,"window":1}} \
                    | {"rateLimit":{"count":["Ensure this value is less than or equal to 2147483647."]}}
                    count past every number | {"rateLimit":{"count":1e999999999,"window":1}} \
                    | {"detail":"JSON parse error - The exponent of a number is beyond 400: line 1 column 34"}
                    count alone | {"rateLimit":{"count":5}} | {"rateLimit":{"window":["This field is required."]}}
                    window alone | {"rateLimit":{"window":60}} | {"rateLimit":{"count":["This field is required."]}}
                    a word | {"rateLimit":{"count":"a","window":1}} \
                    | {"rateLimit":{"count":["A valid integer is required."]}}
                    a fraction | {"rateLimit":{"count":1.5,"window":1}} \
                    | {"rateLimit":{"count":["A valid integer is required."]}}
                    a boolean | {"rateLimit":{"count":true,"window":1}} \
                    | {"rateLimit":{"count":["A valid integer is required."]}}
                    limit a text | {"rateLimit":"x"} \
                    | {"rateLimit":{"non_field_errors":["Invalid data. Expected a dictionary, but got str."]}}
                    limit a list | {"rateLimit":[]} \
                    | {"rateLimit":{"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}}
                    limit a number | {"rateLimit":5} \
                    | {"rateLimit":{"non_field_errors":["Invalid data. Expected a dictionary, but got int."]}}
                    name of 65 characters | {"name":"<65 x>"} \
                    | {"name":["Ensure this field has no more than 64 characters."]}
                    name of 65 emoji | {"name":"<65 🔑>"} \
                    | {"name":["Ensure this field has no more than 64 characters."]}
                    name a boolean | {"name":true} | {"name":["Not a valid string."]}
                    name a list | {"name":[]} | {"name":["Not a valid string."]}
                    name an object | {"name":{}} | {"name":["Not a valid string."]}
                    name with a NUL | {"name":"a\\u0000b"} | {"name":["Null characters are not allowed."]}
                    name with half a character | {"name":"\\ud800"} \
                    | {"name":["Surrogate characters are not allowed: U+D800."]}
                    public in upper case | {"public":"<32 A>"} \
                    | {"public":["This value does not match the required pattern."]}
                    public of 31 | {"public":"<31 a>"} \
                    | {"public":["This value does not match the required pattern."]}
                    public with dashes | {"public":"1d98e4fa-4735-41f2-9018-fb43a2974cd2"} \
                    | {"public":["This value does not match the required pattern."]}
                    public a number | {"public":12} | {"public":["This value does not match the required pattern."]}
                    public not hexadecimal | {"public":"<32 g>"} \
                    | {"public":["This value does not match the required pattern."]}
                    secret in upper case | {"secret":"<32 A>"} \
                    | {"secret":["This value does not match the required pattern."]}
                    secret of 33 | {"secret":"<33 a>"} \
                    | {"secret":["This value does not match the required pattern."]}
                    secret a number | {"secret":12} | {"secret":["This value does not match the required pattern."]}
                    public blank | {"public":""} | {"public":["This field may not be blank."]}
                    secret blank | {"secret":""} | {"secret":["This field may not be blank."]}
                    two faults at once | {"name":[],"useCase":null} \
                    | {"name":["Not a valid string."],"useCase":["This field may not be null."]}
                    use case unknown | {"useCase":"bogus"} | {"useCase":["\\"bogus\\" is not a valid choice."]}
                    use case null | {"useCase":null} | {"useCase":["This field may not be null."]}
                    body a list | [] | {"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}
                    body a text | "x" | {"non_field_errors":["Invalid data. Expected a dictionary, but got str."]}
                    body a number | 5 | {"non_field_errors":["Invalid data. Expected a dictionary, but got int."]}
                    body null | null | {"non_field_errors":["No data provided"]}
                    active null | {"isActive":null} | {"isActive":["This field may not be null."]}
                    active a word | {"isActive":"maybe"} | {"isActive":["Must be a valid boolean."]}
                    version unknown | {"browserSdkVersion":"3.x"} \
                    | {"browserSdkVersion":["\\"3.x\\" is not a valid choice."]}
                    option a word | {"dynamicSdkLoaderOptions":{"hasReplay":"maybe"}} \
                    | {"dynamicSdkLoaderOptions":{"hasReplay":["Must be a valid boolean."]}}
                    """)
    void invalidCreateIsRefusedAndNothingIsStored(String row, String body, String expected) {
        Response response = Api.operator().post(tenant.keys(), Repetition.expand(body));

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
        assertThat(response.asString()).isEqualTo(expected);
        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("$")).hasSize(1);
    }
}
