package dev.countersign.web.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Leaks;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.PlainPath;
import dev.countersign.testsupport.http.RawHttp;
import dev.countersign.web.filter.RawRequests;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed HTTP, stalling clients, and texts that contain header lines. */
@QuarkusTest
class HostileTransportTest extends WithTenant {

    private static final String LINE_END = "\r\n";

    /** A malformed request is refused, and the connection is closed. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "NONSENSE",
                "GET",
                "GET /api/0/ HTTP/1.1|Host: x|Content-Length: 5|Content-Length: 6",
                "GET /api/0/ HTTP/1.1|Host: x|Content-Length: nonsense",
                "GET /api/0/ HTTP/1.1|Host: x|Content-Length: -1",
                "GET /api/0/ HTTP/1.1|Host: x|Content-Length: +5",
                "GET /api/0/ HTTP/1.1|Host: x|Content-Length: 5, 6",
                "GET /api/0/ HTTP/1.1|Host: x|Content-Length: 99999999999999999999",
                "GET /api/0/ HTTP/1.1|Host: x|No colon here",
                "GET /api/0/ HTTP/1.1|Host: x|Bad Name: x",
                "GET /api/0/ HTTP/1.1|Host: x|Authorization: Bearer \u0001",
                "GET /api/0/ HTTP/1.1|Host: x|Space-Before-Colon : x"
            })
    void malformedHttpEndsTheConnection(String request) throws IOException {
        assertRefusedAndClosed(request.replace("|", LINE_END) + LINE_END + LINE_END);
    }

    @Test
    void tenThousandFormFieldsAreRefused() throws IOException {
        RawHttp.Answer answer = post("application/x-www-form-urlencoded", "name=x" + "&a.b=c&a=d".repeat(5_000));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"detail\":\"Form parse error - ");
    }

    @Test
    void lastOfRepeatedMembersCounts() throws IOException {
        RawHttp.Answer answer = post("application/json", """
                {"name":"first","name":"last"}""");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(PlainPath.of(answer.body()).getString("name")).isEqualTo("last");
    }

    /** Requests that the router and the framework refuse. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "GET /api/0/organizations/ HTTP/1.1",
                "GET /api/0/organizations/ HTTP/1.1|Host: a:b:c",
                "POST /api/0/organizations/ HTTP/1.1|Host: x|Transfer-Encoding: xchunked",
                "POST /api/0/organizations/ HTTP/1.1|Host: x|Transfer-Encoding: identity|Content-Length: 2",
                "POST /api/0/organizations/ HTTP/1.1|Host: x|Transfer-Encoding: chunked|Transfer-Encoding: x"
            })
    void requestRefusedByTheServerIsAnsweredInJson(String request) throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            http.send(request.replace("|", LINE_END) + LINE_END + "Authorization: Bearer " + Api.OPERATOR_TOKEN
                    + LINE_END + LINE_END);
            RawHttp.Answer answer = http.require(true);

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("""
                    {"detail":"The request could not be understood."}""");
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        }
    }

    @Test
    void noTextBecomesAHeader() throws IOException {
        tenant.newKey("""
                {"name":"x\\r\\nSet-Cookie: a=b"}""");

        RawHttp.Answer page =
                RawRequests.get("/api/0/" + tenant.keys() + "?per_page=1&x=%0d%0aSet-Cookie:%20a=b&cursor=");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Link")).contains("rel=\"next\"").doesNotContain("\r", "\n");
        assertThat(page.headers()).doesNotContainKey("set-cookie");
        assertThat(page.body()).contains("x\\r\\nSet-Cookie: a=b");
    }

    /** As RFC 9112 says, the chunks count. The bytes after them are another request, without a credential. */
    @Test
    void smuggledRequestHasNoCredential() throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            http.send("POST /api/0/" + tenant.keys() + " HTTP/1.1" + LINE_END + "Host: x" + LINE_END
                    + "Authorization: Bearer " + Api.OPERATOR_TOKEN + LINE_END + "Content-Length: 4" + LINE_END
                    + "Transfer-Encoding: chunked" + LINE_END + LINE_END + "0" + LINE_END + LINE_END
                    + "GET /api/0/" + tenant.keys() + " HTTP/1.1" + LINE_END + "Host: x" + LINE_END + LINE_END);

            RawHttp.Answer first = http.read(true);
            RawHttp.Answer second =
                    first == null || first.header("connection").equals("close") ? null : http.read(true);

            assertThat(first == null ? 400 : first.status()).isIn(400, 201);
            assertThat(second == null ? 401 : second.status()).isIn(400, 401);
        }
    }

    @Test
    void unfinishedBodyEndsTheConnection() throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            http.send("POST /api/0/" + tenant.keys() + " HTTP/1.1" + LINE_END + "Host: x" + LINE_END
                    + "Authorization: Bearer " + Api.OPERATOR_TOKEN + LINE_END + "Content-Type: application/json"
                    + LINE_END + "Content-Length: 100" + LINE_END + LINE_END + "{\"name\":");

            assertThat(http.isClosed()).isTrue();
        }
    }

    @Test
    void pathsOutsideTheApiHaveSecurityHeaders() throws IOException {
        for (String path : List.of("/", "/q/openapi", "/nothing")) {
            RawHttp.Answer answer = RawRequests.get(path);
            assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).as(path).isEqualTo("deny");
            Leaks.assertNone(path, path.equals("/q/openapi") ? "" : answer.body());
        }
    }

    private static void assertRefusedAndClosed(String request) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            http.send(request);
            for (RawHttp.Answer answer = http.read(true); answer != null; answer = http.read(true)) {
                statuses.add(answer.status());
                Leaks.assertNone(request, answer.body());
            }
        }
        assertThat(statuses).allMatch(status -> status >= 400 && status < 506).hasSizeLessThan(2);
    }

    private RawHttp.Answer post(String type, String body) throws IOException {
        return send(
                "POST /api/0/" + tenant.keys() + " HTTP/1.1" + LINE_END + "Content-Type: " + type + LINE_END
                        + "Content-Length: " + body.length(),
                Api.OPERATOR_TOKEN,
                body);
    }

    private static RawHttp.Answer send(String head, String token, String body) throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            http.send(head + LINE_END + "Host: localhost" + LINE_END + "Authorization: Bearer " + token + LINE_END
                    + LINE_END + body);
            return http.require(true);
        }
    }
}
