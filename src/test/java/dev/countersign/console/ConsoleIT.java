package dev.countersign.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.http.RawHttp;
import java.io.IOException;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the packaged service answers where the console is on, without a browser. */
class ConsoleIT {

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(
            Map.of("COUNTERSIGN_CONSOLE_ENABLED", "true", "COUNTERSIGN_URL_PREFIX", "https://keys.example.com"));

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

    static Stream<String> files() throws IOException {
        return LINK.matcher(get("/console/").body())
                .results()
                .map((MatchResult link) -> link.group(1))
                .distinct();
    }

    @Test
    void pageIsNotStoredAndLoadsOnlyFromThisService() throws IOException {
        RawHttp.Answer page = get("/console/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("cache-control")).isEqualTo("no-store");
        assertThat(page.header("content-security-policy"))
                .isEqualTo("default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'none';"
                        + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'");
        assertThat(page.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(page.header("x-frame-options")).isEqualTo("deny");
        assertThat(page.header("cross-origin-resource-policy")).isEqualTo("same-origin");
        assertThat(page.header("access-control-allow-origin")).isEmpty();
        assertThat(page.header("set-cookie")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void filesAreKeptForEver(String file) throws IOException {
        RawHttp.Answer answer = get("/console/" + file);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(answer.header("content-type"))
                .isEqualTo(
                        file.endsWith(".js")
                                ? "text/javascript;charset=UTF-8"
                                : file.endsWith(".css") ? "text/css;charset=UTF-8" : "image/svg+xml");
        assertThat(answer.header("vary")).isEqualToIgnoringCase("accept-encoding");
        assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
    }

    @Test
    void gzipIsSentToWhoAcceptsIt() throws IOException {
        RawHttp.Answer plain = request("HEAD", "/console/", "");
        RawHttp.Answer gzip = request("HEAD", "/console/", "Accept-Encoding: br, gzip\r\n");

        assertThat(plain.header("content-encoding")).isEmpty();
        assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
        assertThat(length(gzip)).isPositive().isLessThan(length(plain));
    }

    @Test
    void pathWithoutSlashLeadsToThePage() throws IOException {
        RawHttp.Answer answer = get("/console");

        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("location")).isEqualTo("console/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/app.js",
                "/console/page.html",
                "/console/0000000000000000/app.js",
                "/console/sample.json",
                "/console/../q/openapi",
                "/consoles/"
            })
    void otherPathsAreNotFound(String path) throws IOException {
        assertThat(get(path).status()).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void otherMethodsAreNotFound(String method) throws IOException {
        assertThat(request(method, "/console/", "Content-Length: 0\r\n").status())
                .isEqualTo(404);
    }

    @Test
    void descriptionOfTheServiceLeadsToTheConsole() throws IOException {
        assertThat(get("/").body()).contains("\"console\":\"https://keys.example.com/console/\"");
        assertThat(request("GET", "/", "Accept: text/html\r\n").body()).contains("<a href=\"console/\">Console</a>");
    }

    private static RawHttp.Answer get(String path) throws IOException {
        return request("GET", path, "");
    }

    private static RawHttp.Answer request(String method, String path, String headers) throws IOException {
        try (RawHttp http = new RawHttp(SERVICE.get().port())) {
            http.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
            return http.require(!method.equals("HEAD"));
        }
    }

    private static int length(RawHttp.Answer answer) {
        return Integer.parseInt(answer.header("content-length"));
    }
}
