package dev.countersign.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rate limits as JSON, and the requests that store and show them. */
final class Limits {

    static final String NONE = """
            {"window":0,"count":0}""";
    static final String OF_ORGANIZATION = """
            {"window":60,"count":1000}""";
    static final String OF_PROJECT = """
            {"window":3600,"count":7}""";

    private Limits() {}

    /** Stores the default of an organization or a project, and answers the default in the answer. */
    static @Nullable String store(String path, String limit) {
        Response response = Api.operator().put(path, "{\"defaultRateLimit\":" + limit + "}");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return text(response.jsonPath().getMap("defaultRateLimit"));
    }

    /** The default that an organization or a project shows. */
    static @Nullable String stored(String path) {
        return text(Api.operator().get(path).jsonPath().getMap("defaultRateLimit"));
    }

    /** The rate limit of a client key. */
    static @Nullable String limit(JsonPath key) {
        return text(key.getMap("rateLimit"));
    }

    private static @Nullable String text(@Nullable Map<String, Integer> limit) {
        return limit == null ? null : "{\"window\":" + limit.get("window") + ",\"count\":" + limit.get("count") + "}";
    }
}
