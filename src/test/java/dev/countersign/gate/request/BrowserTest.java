package dev.countersign.gate.request;

import static dev.countersign.gate.request.Requests.KEY;
import static dev.countersign.gate.request.Requests.envoy;
import static dev.countersign.gate.request.Requests.read;
import static dev.countersign.gate.request.Requests.summary;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Preflights and origins of browsers. */
class BrowserTest {

    private static final String TARGET = "/api/7/envelope/?sentry_key=" + KEY;
    private static final String[] PREFLIGHT = {
        "Origin", "https://app.example.com", "Access-Control-Request-Method", "POST"
    };

    @Test
    void preflightNeedsNoKey() {
        assertThat(summary(envoy("OPTIONS", "/api/7/envelope/", PREFLIGHT))).isEqualTo("preflight");
    }

    @Test
    void preflightNeedsAGoodPath() {
        assertThat(summary(envoy("OPTIONS", "/api/8/../7/envelope/", PREFLIGHT)))
                .isEqualTo("path");
    }

    @Test
    void methodOfTheSourceMakesAPreflight() {
        String[] uri = {"X-Forwarded-Uri", "/api/7/envelope/"};

        assertThat(summary(read(
                        Style.FORWARDED,
                        "GET",
                        "/",
                        Requests.with(PREFLIGHT, uri[0], uri[1], "X-Forwarded-Method", "OPTIONS"))))
                .isEqualTo("preflight");
        assertThat(summary(read(
                        Style.FORWARDED,
                        "OPTIONS",
                        "/",
                        Requests.with(
                                PREFLIGHT,
                                uri[0],
                                uri[1],
                                "X-Forwarded-Method",
                                "POST",
                                "X-Original-Method",
                                "OPTIONS"))))
                .isEqualTo("no_key");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    OPTIONS, X-Other,  Access-Control-Request-Method
                    OPTIONS, Origin,   X-Other
                    POST,    Origin,   Access-Control-Request-Method
                    options, Origin,   Access-Control-Request-Method
                    """)
    void otherRequestNeedsAKey(String method, String first, String second) {
        assertThat(summary(envoy(method, "/api/7/envelope/", first, "https://a.example", second, "POST")))
                .isEqualTo("no_key");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    -,                  -,                               -
                    https://a.example,  -,                               https://a.example
                    https://a.example,  https://b.example/,              https://a.example
                    null,               https://b.example/page?x#y,      https://b.example
                    '',                 https://b.example,               https://b.example
                    -,                  http://b.example:81?x,           http://b.example:81
                    -,                  app://x/y,                       app://x
                    null,               -,                               -
                    -,                  about:blank,                     -
                    """)
    void refererReplacesAMissingOrigin(@Nullable String origin, @Nullable String referer, @Nullable String expected) {
        assertThat(envoy("POST", TARGET, headers(origin, referer)))
                .isInstanceOfSatisfying(Submission.class, submission -> assertThat(submission.origin())
                        .isEqualTo(expected));
    }

    private static String[] headers(@Nullable String origin, @Nullable String referer) {
        String[] none = {};
        String[] first = origin == null ? none : Requests.with(none, "Origin", origin);
        return referer == null ? first : Requests.with(first, "Referer", referer);
    }
}
