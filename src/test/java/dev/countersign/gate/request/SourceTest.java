package dev.countersign.gate.request;

import static dev.countersign.gate.request.Requests.KEY;
import static dev.countersign.gate.request.Requests.OTHER;
import static dev.countersign.gate.request.Requests.read;
import static dev.countersign.gate.request.Requests.summary;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each style of gateway has one source of path and method. */
class SourceTest {

    private static final String GOOD = "7 " + KEY;
    private static final String TARGET = "/api/7/store/?sentry_key=" + KEY;
    private static final String BAD_TARGET = "/api/8/store/?sentry_key=" + OTHER;

    @ParameterizedTest
    @CsvSource(textBlock = """
                    ORIGINAL,      X-Original-URI,   X-Original-Method
                    INGRESS_NGINX, X-Original-URL,   X-Original-Method
                    FORWARDED,     X-Forwarded-Uri,  X-Forwarded-Method
                    FORWARDED,     x-forwarded-URI,  X-FORWARDED-METHOD
                    """)
    void headersOfTheStyleAreRead(Style style, String uri, String method) {
        assertThat(summary(read(style, "GET", BAD_TARGET, uri, TARGET, method, "POST")))
                .isEqualTo(GOOD);
    }

    /** ingress-nginx sends a whole URL, whose host the client chose. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "https://ingest.example.com:8443",
                "http://",
                "http://a?sentry_key=b&c=",
                "http://a#",
                "http://a%2fapi%2f8%2fstore%2f"
            })
    void hostOfTheUrlOfIngressNginxDecidesNothing(String host) {
        assertThat(summary(read(
                        Style.INGRESS_NGINX, "GET", "/", "X-Original-URL", host + TARGET, "X-Original-Method", "POST")))
                .isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "ftp://localhost/api/7/store/", "localhost"})
    void urlWithoutAPathIsRefused(String url) {
        assertThat(summary(read(Style.INGRESS_NGINX, "GET", "/", "X-Original-URL", url, "X-Original-Method", "POST")))
                .isIn("path", "no_request");
    }

    @Test
    void envoysOwnLineIsRead() {
        assertThat(summary(read(Style.PATH, "POST", TARGET))).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    INGRESS_NGINX, X-Original-URL,  X-Original-Method
                    FORWARDED,     X-Forwarded-Uri, X-Forwarded-Method
                    """)
    void headersOfOtherStylesAreIgnored(Style style, String uri, String method) {
        for (String name : new String[] {"X-Original-URI", "X-Original-URL", "X-Forwarded-Uri", "X-Sent-From"}) {
            if (!name.equals(uri)) {
                assertThat(summary(read(style, "GET", BAD_TARGET, name, BAD_TARGET, uri, TARGET, method, "POST")))
                        .as(name)
                        .isEqualTo(GOOD);
            }
        }
    }

    @Test
    void headersDoNotReplaceEnvoysLine() {
        assertThat(summary(read(
                        Style.PATH,
                        "POST",
                        TARGET,
                        "X-Original-URI",
                        BAD_TARGET,
                        "X-Forwarded-Uri",
                        BAD_TARGET,
                        "X-Original-Method",
                        "OPTIONS")))
                .isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Original-URL", "X-Sent-From", "x-sent-from"})
    void requestOfIngressNginxIsRefusedOnTheRouteOfNginx(String header) {
        assertThat(summary(read(
                        Style.ORIGINAL,
                        "GET",
                        "/",
                        "X-Original-URI",
                        TARGET,
                        "X-Original-Method",
                        "POST",
                        header,
                        "nginx-ingress-controller")))
                .isEqualTo("no_request");
    }

    @Test
    void missingPathIsRefused() {
        assertThat(summary(read(Style.ORIGINAL, "POST", TARGET, "X-Original-Method", "POST")))
                .isEqualTo("no_request");
    }

    @Test
    void missingMethodIsRefused() {
        assertThat(summary(read(Style.FORWARDED, "POST", TARGET, "X-Forwarded-Uri", TARGET)))
                .isEqualTo("no_request");
    }

    @Test
    void repeatedPathIsRefused() {
        assertThat(summary(read(
                        Style.FORWARDED,
                        "GET",
                        "/",
                        "X-Forwarded-Uri",
                        TARGET,
                        "X-Forwarded-Uri",
                        TARGET,
                        "X-Forwarded-Method",
                        "POST")))
                .isEqualTo("no_request");
    }

    @Test
    void repeatedMethodIsRefused() {
        assertThat(summary(read(
                        Style.FORWARDED,
                        "GET",
                        "/",
                        "X-Forwarded-Uri",
                        TARGET,
                        "X-Forwarded-Method",
                        "POST",
                        "X-Forwarded-Method",
                        "POST")))
                .isEqualTo("no_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "POST,OPTIONS", "OPTIONS, POST", "PO ST"})
    void textThatIsNoMethodIsRefused(String method) {
        assertThat(summary(read(Style.FORWARDED, "GET", "/", "X-Forwarded-Uri", TARGET, "X-Forwarded-Method", method)))
                .isEqualTo("no_request");
    }

    @ParameterizedTest
    @EnumSource
    void pathUpToEightKibibytesIsRead(Style style) {
        String longest = TARGET + "&x=" + "a".repeat(SubmissionReader.MAX_SOURCE - TARGET.length() - 3);

        assertThat(summary(by(style, longest))).isEqualTo(GOOD);
        assertThat(summary(by(style, longest + "a"))).isEqualTo("no_request");
    }

    @Test
    void underscoresInANameOfTheSourceAreAmbiguous() {
        assertThat(summary(read(
                        Style.FORWARDED,
                        "GET",
                        "/",
                        "X-Forwarded-Uri",
                        TARGET,
                        "X-Forwarded-Method",
                        "POST",
                        "X_Forwarded_Uri",
                        TARGET)))
                .isEqualTo("ambiguous");
    }

    private static Reading by(Style style, String target) {
        return style == Style.PATH
                ? read(style, "POST", target)
                : read(style, "GET", "/", style.uriHeader(), target, style.methodHeader(), "POST");
    }
}
