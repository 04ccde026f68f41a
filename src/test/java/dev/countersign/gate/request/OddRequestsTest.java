package dev.countersign.gate.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A million generated requests, with a fixed seed. */
class OddRequestsTest {

    private static final int REQUESTS = 1_000_000;
    private static final int ENVELOPES = 200_000;

    /** The allow-list in another notation than that of the code. */
    private static final Pattern ALLOWED = Pattern.compile(
            "/api/[1-9][0-9]{0,18}/(?:(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+/)*(?!\\.{1,2}$)[A-Za-z0-9._~-]*");

    private static final String[] PARTS = {
        "/api/",
        "/api",
        "/",
        "//",
        "7",
        "8",
        "07",
        "9223372036854775807",
        "9223372036854775808",
        "store/",
        "store",
        "envelope/",
        "unreal/",
        "cron/",
        "a/",
        ".",
        "..",
        "/./",
        "/../",
        "%2e",
        "%2E%2e",
        "%2f",
        "%5c",
        "\\",
        ";",
        ";x=1",
        "%",
        "%zz",
        "%00",
        "\u0000",
        " ",
        "\t",
        "+",
        "é",
        "?",
        "?sentry_key=",
        "&sentry_key=",
        "sentry%5Fkey=",
        "&",
        "=",
        "#",
        ",",
        ":",
        "@",
        Requests.KEY,
        Requests.OTHER,
        "http://x",
        "~",
        "-",
        "_",
        "$",
        "*",
        "|",
        "\uD800"
    };

    private static final String[] NAMES = {
        "X-Original-URI",
        "X-Original-URL",
        "X-Original-Method",
        "X-Forwarded-Uri",
        "X-Forwarded-Method",
        "X-Sent-From",
        "X-Sentry-Auth",
        "X_Sentry_Auth",
        "x-sentry-auth",
        "Authorization",
        "Origin",
        "Referer",
        "Content-Length",
        "Content-Encoding",
        "Access-Control-Request-Method",
        "X-Countersign-Token",
        "X-Envoy-Auth-Partial-Body",
        "",
        "Host"
    };

    private static final String[] VALUES = {
        "Sentry sentry_key=",
        "sentry_key=",
        "Sentry ",
        "Basic ",
        "Basic =",
        "basic MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY6",
        "Basic é",
        ",",
        ", ",
        ";",
        "\"",
        "'",
        "=",
        " ",
        "",
        "null",
        "://",
        "https://app.example.com",
        "gzip",
        "identity",
        "9",
        "-1",
        "true",
        "OPTIONS",
        "POST",
        Requests.KEY,
        Requests.OTHER,
        "sentry_key",
        "\u0000",
        "\uFFFF"
    };

    private static final String[] JSON = {
        "{",
        "}",
        "{}",
        "\n",
        "\r\n",
        "\"dsn\":",
        "\"type\":",
        "\"length\":",
        "\"session\"",
        "\"event\"",
        "\"attachment\"",
        "\"",
        "\\",
        "\\u0000",
        "2",
        "-1",
        "1e9",
        "999999999999",
        "null",
        "true",
        "[",
        "]",
        "[[[[",
        ",",
        ":",
        "https://k@h/7",
        "\"https://k@h/7\"",
        "\u0000",
        "é",
        "\uD800",
        "{\"type\":\"session\"}\n{}\n",
        "{\"type\":\"attachment\",\"length\":3}\nabc\n"
    };

    private final Random random = new Random(18);
    private final SubmissionReader reader = new SubmissionReader("");

    @Test
    void onlyAllowedPathsPass() {
        Style[] styles = Style.values();
        int passed = 0;
        for (int i = 0; i < REQUESTS; i++) {
            Style style = styles[random.nextInt(styles.length)];
            String target = random.nextInt(4) == 0 ? text(PARTS, 8) : "/api/7/" + text(PARTS, 5);
            GatewayRequest request = request(style, target);
            reader.wantsBody(request);
            Reading reading = reader.read(request, null);
            if (!(reading instanceof Reading.Refused)) {
                passed++;
                assertPlain(request.target);
            }
        }
        assertThat(passed).as("the generator also makes good requests").isGreaterThan(REQUESTS / 1000);
    }

    @Test
    void noEnvelopeCausesAnException() {
        int limited = 0;
        for (int i = 0; i < ENVELOPES; i++) {
            String body = "{" + (random.nextBoolean() ? "}\n" : "") + text(JSON, 10);
            Reading reading = reader.read(
                    request(Style.PATH, "/api/7/envelope/?sentry_key=" + Requests.KEY),
                    body.getBytes(StandardCharsets.UTF_8));
            if (reading instanceof Submission submission && submission.limited()) {
                limited++;
            }
        }
        assertThat(limited).isGreaterThan(ENVELOPES / 1000).isLessThan(ENVELOPES);
    }

    /** Whatever a server does to a path before it routes the request, the path stays the same. */
    private static void assertPlain(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        boolean same = ALLOWED.matcher(path).matches()
                && URLDecoder.decode(path, StandardCharsets.UTF_8).equals(path)
                && URI.create(path).normalize().getRawPath().equals(path)
                && path.replaceAll("/{2,}", "/").equals(path)
                && path.replace('\\', '/').replaceAll(";[^/]*", "").equals(path)
                && withSlash(Path.of(path).normalize().toString(), path).equals(path);
        if (!same) {
            throw new AssertionError("passed: " + target);
        }
    }

    private static String withSlash(String cleaned, String path) {
        return path.endsWith("/") ? cleaned + "/" : cleaned;
    }

    private GatewayRequest request(Style style, String target) {
        List<Map.Entry<CharSequence, CharSequence>> headers = new ArrayList<>();
        if (style.uriHeader() != null && random.nextInt(10) > 0) {
            headers.add(Map.entry(style.uriHeader(), target));
            headers.add(Map.entry(style.methodHeader(), random.nextInt(10) > 0 ? "POST" : text(VALUES, 2)));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            headers.add(Map.entry(NAMES[random.nextInt(NAMES.length)], text(VALUES, 4)));
        }
        return GatewayRequest.of(style, target, random.nextBoolean() ? "POST" : "OPTIONS", headers.iterator());
    }

    private String text(String[] parts, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most) + 1; i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }
}
