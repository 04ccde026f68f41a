package dev.countersign.gate.request;

import static dev.countersign.gate.request.Requests.KEY;
import static dev.countersign.gate.request.Requests.nginx;
import static dev.countersign.gate.request.Requests.summary;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The allow-list of paths. */
class IngestPathTest {

    private static final String QUERY = "?sentry_key=" + KEY;

    @ParameterizedTest
    @CsvSource(textBlock = """
                    /api/7/store/,                             7
                    /api/7/envelope/,                          7
                    /api/7/envelope,                           7
                    /api/7/,                                   7
                    /api/9223372036854775807/store/,           9223372036854775807
                    /api/7/events/Az09-._~/attachments/,       7
                    /api/7/...,                                7
                    /api/7/.well-known/a..b,                   7
                    """)
    void plainPathIsRead(String path, String project) {
        assertThat(summary(nginx(path + QUERY))).isEqualTo(project + " " + KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "*",
                "api/7/store/",
                "//api/7/store/",
                "/api//7/store/",
                "/api/7//store/",
                "/api/7/store//",
                "/api/7",
                "/API/7/store/",
                "/api/07/store/",
                "/api/0/store/",
                "/api/-7/store/",
                "/api/+7/store/",
                "/api/٧/store/",
                "/api/7a/store/",
                "/api/9223372036854775808/store/",
                "/api/9999999999999999999/store/",
                "/api/18446744073709551623/store/",
                "/api/8/../7/store/",
                "/api/7/../8/store/",
                "/api/7/store/..",
                "/api/7/store/../",
                "/api/7/./store/",
                "/api/7/.",
                "/x/../api/7/store/",
                "/api/7/%2e%2e/8/store/",
                "/api/7%2fstore/",
                "/api/%37/store/",
                "/api/7/store;x=1/",
                "/api/7;x/store/",
                "/api/7\\store/",
                "/api/7/store\\..\\",
                "/api/7/st ore/",
                "/api/7/store\u0000/",
                "/api/7/störe/",
                "/api/7/store/#",
                "/api/7/a,b",
                "/api/7/a:b",
                "/api/7/a@b",
                "/api/7/a+b",
                "http://store/api/7/store/",
                "/prefix/api/7/store/"
            })
    void otherPathIsRefused(String path) {
        assertThat(summary(nginx(path + QUERY))).isEqualTo("path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/7/store/?sentry_key=" + KEY + "#x", "/api/7/store/?#&sentry_key=" + KEY})
    void fragmentIsRefused(String target) {
        assertThat(summary(nginx(target))).isEqualTo("path");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    /ingest/api/7/store/,         true
                    /api/7/store/,                false
                    /ingest/ingest/api/7/store/,  false
                    /ingestapi/7/store/,          false
                    /ingest//api/7/store/,        false
                    """)
    void pathBeginsWithThePrefix(String path, boolean good) {
        assertThat(IngestPath.parse("/ingest", path, path.length()) != null).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    /api/7/unreal/KEY/
                    /api/7/unreal/KEY
                    /api/7/cron/nightly/KEY/
                    /api/7/cron/nightly/KEY
                    """)
    void pathNamesTheKey(String path) {
        assertThat(summary(nginx(path.replace("KEY", KEY)))).isEqualTo("7 " + KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/7/cron/nightly/", "/api/7/cron/", "/api/7/cron", "/api/7/unreal/", "/api/7/unreal"})
    void pathWithoutAKeyNamesNone(String path) {
        assertThat(summary(nginx(path))).isEqualTo("no_key");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    /api/7/store/,                        true
                    /api/7/envelope/,                     true
                    /api/7/security/,                     true
                    /api/7/minidump/,                     true
                    /api/7/unreal/0/,                     true
                    /api/7/cronx/a/,                      true
                    /api/7/cron/a/,                       false
                    /api/7/cron/a/b/,                     false
                    /api/7/integration/otlp/v1/traces/,   false
                    """)
    void cronAndIntegrationDoNotCount(String path, boolean limited) {
        assertThat(IngestPath.parse("", path, path.length()).limited()).isEqualTo(limited);
    }
}
