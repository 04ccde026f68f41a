package dev.countersign.web.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.http.RawHttp;
import io.restassured.RestAssured;
import java.io.IOException;

/** Raw requests of the operator to the service under test. */
public final class RawRequests {

    private RawRequests() {}

    /** Opens a connection to the service under test. */
    public static RawHttp connect() throws IOException {
        return new RawHttp(RestAssured.port);
    }

    /** The {@code Authorization} header of the operator, with its line break. */
    public static String authorization() {
        return "Authorization: Bearer " + Api.OPERATOR_TOKEN + "\r\n";
    }

    /** GET of a request target as the operator. */
    public static RawHttp.Answer get(String target) throws IOException {
        return get(target, Api.OPERATOR_TOKEN);
    }

    /** GET of a request target with a token. */
    public static RawHttp.Answer get(String target, String token) throws IOException {
        try (RawHttp http = connect()) {
            http.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n");
            return http.require(true);
        }
    }

    /** Asserts the status, the body and the headers of a refusal. */
    public static void assertRefused(RawHttp.Answer answer, int status, String body) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("deny");
        assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{32}");
    }
}
