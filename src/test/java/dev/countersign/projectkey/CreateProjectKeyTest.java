package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A POST of a client key: members and defaults, row by row of Sentry's tables. */
@QuarkusTest
class CreateProjectKeyTest extends WithTenant {

    @ParameterizedTest(name = "rateLimit {0}")
    @CsvSource(delimiter = '|', textBlock = """
                    absent | {} | null
                    null | {"rateLimit":null} | null
                    empty object | {"rateLimit":{}} | null
                    both | {"rateLimit":{"count":10,"window":60}} | {"window":60,"count":10}
                    numeric texts | {"rateLimit":{"count":"10","window":"60"}} | {"window":60,"count":10}
                    whole floats | {"rateLimit":{"count":10.0,"window":1e3}} | {"window":1000,"count":10}
                    zero count | {"rateLimit":{"count":0,"window":60}} | null
                    zero window | {"rateLimit":{"count":5,"window":0}} | null
                    both zero | {"rateLimit":{"count":0,"window":0}} | null
                    null count | {"rateLimit":{"count":null,"window":60}} | null
                    null window | {"rateLimit":{"count":5,"window":null}} | null
                    blank count | {"rateLimit":{"count":"","window":60}} | null
                    blank window | {"rateLimit":{"count":5,"window":""}} | null
                    longest window | {"rateLimit":{"count":5,"window":86400}} | {"window":86400,"count":5}
                    greatest count | {"rateLimit":{"count":2147483647,"window":1}} | {"window":1,"count":2147483647}
                    """)
    void rateLimitIsStored(String row, String body, String expected) throws IOException {
        Response response = Api.operator().post(tenant.keys(), body);

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        assertThat(response.jsonPath().<Object>get("rateLimit"))
                .isEqualTo(new JsonMapper().readValue(expected, Object.class));
    }

    @ParameterizedTest(name = "name {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    trimmed | "  Fabulous Key " | Fabulous Key
                    64 characters after trimming | " <64 x> " | <64 x>
                    a number | 12 | 12
                    64 characters | "<64 x>" | <64 x>
                    64 emoji | "<64 🔑>" | <64 🔑>
                    quotes and markup | "<b>\\"';--" | <b>"';--
                    """)
    void nameIsStored(String row, String name, String expected) {
        Response response = Api.operator().post(tenant.keys(), """
                {"name":%s}""".formatted(Repetition.expand(name)));

        assertThat(response.jsonPath().getString("name")).isEqualTo(Repetition.expand(expected));
    }

    @ParameterizedTest(name = "name {0}")
    @CsvSource(delimiter = '|', textBlock = """
                    null | {"name":null}
                    empty | {"name":""}
                    blank | {"name":"   "}
                    label in its place | {"label":"ignored"}
                    absent | {"unknown":[{}]}
                    """)
    void missingNameIsGenerated(String row, String body) {
        Response response = Api.operator().post(tenant.keys(), body);

        assertThat(response.jsonPath().getString("name")).matches("[A-Z][a-z]+ [A-Z][a-z]+");
    }

    @Test
    void newKeyHasTheDefaults() {
        Response response = Api.operator().post(tenant.keys(), """
                {"public":null,"secret":null}""");

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
        Response response = Api.operator().post(tenant.keys(), """
                {"useCase":"%s"}""".formatted(useCase));

        assertThat(response.jsonPath().getString("useCase")).isEqualTo(useCase);
    }

    @Test
    void createStoresEverySetting() {
        Response response = Api.operator().post(tenant.keys(), """
                                {"name":"t","isActive":false,"browserSdkVersion":"7.x","rateLimit":{"count":0,
                                "window":0},"dynamicSdkLoaderOptions":{"hasDebug":true,"hasReplay":false}}""");

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

        Response response = Api.operator().post(tenant.keys(), """
                        {"public":"%s","secret":"%s"}""".formatted(own, secret));

        assertThat(response.jsonPath().getString("id")).isEqualTo(own);
        assertThat(response.jsonPath().getString("secret")).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "secret"})
    void keyInUseAnywhereIsAConflict(String kind) {
        String own = random();
        Tenant other = Tenant.create();
        Api.operator().post(other.keys(), """
                {"%s":"%s"}""".formatted(kind, own));

        Response response = Api.operator().post(tenant.keys(), """
                {"%s":"%s"}""".formatted(kind, own));

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.asString()).isEqualTo("""
                        {"detail":"A client key with this %s key already exists."}""".formatted(kind));
    }

    @Test
    void onlyOperatorsSeeTheUseCase() {
        Response operators = Api.operator().post(tenant.keys(), """
                {"useCase":"profiling"}""");
        Response others = tenant.apiKey("project:admin").post(tenant.keys(), """
                {"useCase":"profiling"}""");

        assertThat(operators.jsonPath().getString("useCase")).isEqualTo("profiling");
        assertThat(others.statusCode()).isEqualTo(201);
        assertThat(others.jsonPath().getMap("$")).doesNotContainKey("useCase");
        String id = operators.jsonPath().getString("id");
        assertThat(tenant.apiKey("project:read").get(tenant.key(id)).statusCode())
                .isEqualTo(404);
        assertThat(tenant.apiKey("project:admin").delete(tenant.key(id)).statusCode())
                .isEqualTo(404);
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
