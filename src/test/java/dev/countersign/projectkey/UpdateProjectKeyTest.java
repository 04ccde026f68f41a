package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** PUT and DELETE of a client key, row by row of Sentry's tables. */
@QuarkusTest
class UpdateProjectKeyTest extends WithTenant {

    private static final String BEFORE = """
            {"name":"Before","rateLimit":{"window":60,"count":10},"browserSdkVersion":"8.x",
            "dynamicSdkLoaderOptions":{"hasDebug":true}}""";

    private String path;

    @BeforeEach
    void createKey() {
        path = tenant.key(tenant.newKey(BEFORE));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    name | {"name":"After"} | name | "After"
                    name blank changes nothing | {"name":""} | name | "Before"
                    name null changes nothing | {"name":null} | name | "Before"
                    false | {"isActive":false} | isActive | false
                    off | {"isActive":"off"} | isActive | false
                    0 | {"isActive":0} | isActive | false
                    N | {"isActive":"N"} | isActive | false
                    yes | {"isActive":"yes"} | isActive | true
                    1 | {"isActive":1} | isActive | true
                    limit absent | {"name":"x"} | rateLimit | {"window":60,"count":10}
                    limit null | {"rateLimit":null} | rateLimit | null
                    limit empty | {"rateLimit":{}} | rateLimit | {"window":60,"count":10}
                    limit both | {"rateLimit":{"window":3600,"count":500}} | rateLimit | {"window":3600,"count":500}
                    limit as texts | {"rateLimit":{"window":"3600","count":"500"}} | rateLimit \
                    | {"window":3600,"count":500}
                    limit zeros | {"rateLimit":{"window":0,"count":0}} | rateLimit | null
                    limit other zero | {"rateLimit":{"window":0,"count":5}} | rateLimit | null
                    limit one zero | {"rateLimit":{"window":60,"count":0}} | rateLimit | null
                    limit blanks | {"rateLimit":{"window":"","count":""}} | rateLimit | null
                    limit one null | {"rateLimit":{"window":null,"count":5}} | rateLimit | null
                    limit one blank | {"rateLimit":{"window":60,"count":""}} | rateLimit | null
                    version | {"browserSdkVersion":"latest"} | browserSdkVersion | "latest"
                    version absent stays | {"name":"x"} | browserSdkVersion | "8.x"
                    version of long ago | {"browserSdkVersion":"4.x"} | browserSdkVersion | "4.x"
                    options null | {"dynamicSdkLoaderOptions":null} | dynamicSdkLoaderOptions.hasDebug | true
                    options empty | {"dynamicSdkLoaderOptions":{}} | dynamicSdkLoaderOptions.hasDebug | true
                    options unknown | {"dynamicSdkLoaderOptions":{"x":false}} | dynamicSdkLoaderOptions.hasDebug \
                    | true
                    options a text | {"dynamicSdkLoaderOptions":"x"} | dynamicSdkLoaderOptions.hasDebug | true
                    options merge | {"dynamicSdkLoaderOptions":{"hasReplay":false}} | dynamicSdkLoaderOptions.hasDebug \
                    | true
                    options of which one is unknown | {"dynamicSdkLoaderOptions":{"x":5,"hasDebug":0}} | dynamicSdkLoaderOptions.hasDebug \
                    | false
                    options change | {"dynamicSdkLoaderOptions":{"hasDebug":"f"}} | dynamicSdkLoaderOptions.hasDebug \
                    | false
                    useCase is ignored | {"useCase":5} | useCase | "user"
                    public is ignored | {"public":5,"secret":5,"label":5,"id":5} | name | "Before"
                    """)
    void sentMemberIsChanged(String row, String body, String member, String expected) throws IOException {
        Response response = Api.operator().put(path, body);

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.jsonPath().<Object>get(member))
                .isEqualTo(new JsonMapper().readValue(expected, Object.class));
        assertThat(Api.operator().get(path).asString()).isEqualTo(response.asString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    name of 65 characters | {"name":"<65 x>"} \
                    | {"name":["Ensure this field has no more than 64 characters."]}
                    name a boolean | {"name":true} | {"name":["Not a valid string."]}
                    name with a NUL | {"name":"a\\u0000b"} | {"name":["Null characters are not allowed."]}
                    count a fraction | {"rateLimit":{"count":1.5,"window":1}} \
                    | {"rateLimit":{"count":["A valid integer is required."]}}
                    count a word | {"rateLimit":{"count":"a","window":1}} \
                    | {"rateLimit":{"count":["A valid integer is required."]}}
                    count past 32 bits | {"rateLimit":{"count":2147483648,"window":1}} \
                    | {"rateLimit":{"count":["Ensure this value is less than or equal to 2147483647."]}}
                    window past a day | {"rateLimit":{"count":1,"window":86401}} \
                    | {"rateLimit":{"window":["Ensure this value is less than or equal to 86400."]}}
                    limit a list | {"rateLimit":[]} \
                    | {"rateLimit":{"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}}
                    options a number | {"dynamicSdkLoaderOptions":5} \
                    | {"dynamicSdkLoaderOptions":{"non_field_errors":["Invalid data. Expected a dictionary, but got int."]}}
                    body a list | [] | {"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}
                    body null | null | {"non_field_errors":["No data provided"]}
                    active null | {"isActive":null} | {"isActive":["This field may not be null."]}
                    active a word | {"isActive":"x"} | {"isActive":["Must be a valid boolean."]}
                    version unknown | {"browserSdkVersion":"foo"} \
                    | {"browserSdkVersion":["\\"foo\\" is not a valid choice."]}
                    version null | {"browserSdkVersion":null} | {"browserSdkVersion":["This field may not be null."]}
                    option a word | {"dynamicSdkLoaderOptions":{"hasReplay":"x"}} \
                    | {"dynamicSdkLoaderOptions":{"hasReplay":["Must be a valid boolean."]}}
                    option null | {"dynamicSdkLoaderOptions":{"hasReplay":null}} \
                    | {"dynamicSdkLoaderOptions":{"hasReplay":["This field may not be null."]}}
                    count alone | {"rateLimit":{"count":5}} | {"rateLimit":{"window":["This field is required."]}}
                    window alone | {"rateLimit":{"window":5}} | {"rateLimit":{"count":["This field is required."]}}
                    one good, one bad | {"name":"After","isActive":"x"} | {"isActive":["Must be a valid boolean."]}
                    """)
    void invalidUpdateIsRefusedAndNothingChanges(String row, String body, String expected) {
        String before = Api.operator().get(path).asString();

        Response response = Api.operator().put(path, Repetition.expand(body));

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
        assertThat(second.asString()).isEqualTo("""
                {"detail":"The requested resource does not exist"}""");
        assertThat(Api.operator().get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void everyKeyCanBeRemoved() {
        Api.operator().put(path, """
                {"isActive":false}""");
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
        String id = tenant.newKey("""
                {"public":"%s"}""".formatted(own));
        Tenant other = Tenant.create();

        assertThat(Api.operator().get(tenant.key(id.toUpperCase(Locale.ROOT))).statusCode())
                .isEqualTo(404);
        assertThat(Api.operator().get(other.key(id)).statusCode()).isEqualTo(404);
        assertThat(Api.operator().delete(other.key(id)).statusCode()).isEqualTo(404);
        assertThat(Api.operator().get(tenant.key(id)).statusCode()).isEqualTo(200);
    }
}
