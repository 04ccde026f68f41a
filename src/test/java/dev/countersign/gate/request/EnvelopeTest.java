package dev.countersign.gate.request;

import static dev.countersign.gate.request.Requests.KEY;
import static dev.countersign.gate.request.Requests.OTHER;
import static dev.countersign.gate.request.Requests.envelope;
import static dev.countersign.gate.request.Requests.request;
import static dev.countersign.gate.request.Requests.summary;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The key and the kinds of an envelope that the gate sees. */
class EnvelopeTest {

    private static final String SESSION = """
            {"type":"session"}
            {}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://KEY@ingest.example.com/7",
                "https://KEY@ingest.example.com/7/",
                "https://KEY@ingest.example.com:8443/7",
                "https://KEY@ingest.example.com/prefix/7",
                "http://KEY:secret@localhost:9000/7"
            })
    void dsnNamesTheKey(String dsn) {
        Reading reading = new SubmissionReader("")
                .read(
                        request(Style.PATH, "POST", "/api/7/envelope/"),
                        ("{\"dsn\":\"" + dsn.replace("KEY", KEY) + "\"}\n" + SESSION).getBytes(StandardCharsets.UTF_8));

        assertThat(summary(reading)).isEqualTo("7 " + KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"https://OTHER@ingest.example.com/7\"",
                "\"https://KEY@ingest.example.com/8\"",
                "\"https://KEY@ingest.example.com/\"",
                "\"https://KEY@ingest.example.com\"",
                "\"KEY\"",
                "\"://KEY@x/7\"",
                "\"https://x/KEY@y/7\"",
                "\"https:/OTHER@x://KEY@y/7\"",
                "\"https:\\\\OTHER@x://KEY@y/7\"",
                "\"https://KEY@x/8?/7\"",
                "\"https://KEY@x/8#/7\"",
                "5",
                "\"https://KEY@x/7\",\"dsn\":\"https://KEY@x/7\"",
                "null,\"dsn\":\"https://KEY@x/7\"",
                "\"https://KEY@x/7\",\"d\\u0073n\":null"
            })
    void contradictingDsnIsAmbiguous(String dsn) {
        assertThat(summary(envelope(("{\"dsn\":" + dsn.replace("KEY", KEY).replace("OTHER", OTHER) + "}\n" + SESSION))))
                .isEqualTo("ambiguous");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"dsn\":null}", "{\"dsn\":\"\"}", "{\"event_id\":\"9ec79c33ec9942ab8353589fcb2e04dc\"}"})
    void envelopeWithoutADsnHasTheKeyOfTheQuery(String header) {
        assertThat(summary(envelope(header + "\n" + SESSION))).isEqualTo("7 " + KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transaction", "session", "sessions", "user_report", "feedback", "profile", "profile_chunk",
                        "replay_event",
                "replay_recording", "replay_video", "check_in", "statsd", "metric_buckets", "trace_metric", "log",
                        "otel_log",
                "span", "otel_span", "client_report", "attachment"
            })
    void kindThatSentryCountsApartDoesNotCount(String type) {
        assertThat(isLimited("""
                {}
                {"type":"%s","length":2}
                {}
                """.formatted(type))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"event", "security", "raw_security", "form_data", "unreal_report", "Session", "", "of tomorrow"})
    void otherKindCounts(String type) {
        assertThat(isLimited("""
                {}
                {"type":"%s","length":2}
                {}
                """.formatted(type))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    event.attachment,        true
                    event.minidump,          true
                    event.applecrashreport,  true
                    unreal.logs,             false
                    """)
    void attachmentThatMakesAnEventCounts(String type, boolean limited) {
        assertThat(isLimited("""
                {}
                {"type":"attachment","length":0,"attachment_type":"%s"}

                """.formatted(type))).isEqualTo(limited);
    }

    @Test
    void oneCountingItemMakesTheEnvelopeCount() {
        assertThat(isLimited("{}\n" + SESSION + "{\"type\":\"event\"}\n{}\n" + SESSION))
                .isTrue();
        assertThat(isLimited("{}\n" + SESSION + SESSION + "\n\n")).isFalse();
    }

    @Test
    void itemInsideOfAnotherIsNoItem() {
        assertThat(isLimited("""
                {}
                {"type":"attachment","length":20}
                {"type":"event"}
                {}

                {"type":"session","length":2}
                {}""")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{}",
                "{}\n",
                "{\n",
                "[]\n{\"type\":\"session\"}\n{}",
                "{} {}\n{\"type\":\"session\"}\n{}",
                "{}\n{}\n{}",
                "{}\n{\"type\":\"session\"\n{}",
                "{}\nsession\n{}",
                "{}\n{\"type\":\"session\",\"length\":1}\n{}",
                "{}\n{\"type\":\"session\",\"length\":3}\n{}",
                "{}\n{\"type\":\"session\",\"length\":-1}\n{}",
                "{}\n{\"type\":\"session\",\"length\":\"x\"}\n{}",
                "{}\n{\"type\":\"session\",\"length\":4294967298}\n{}",
                "{}\n{\"type\":\"event\",\"type\":\"session\"}\n{}",
                "{}\n{\"type\":\"session\",\"length\":2,\"length\":2}\n{}",
                "\u001f\u008b\b"
            })
    void envelopeThatIsNotUnderstoodCounts(String body) {
        assertThat(isLimited(body)).isTrue();
    }

    @Test
    void cutEnvelopeCountsAndItsDsnIsRead() {
        String body = "{\"dsn\":\"https://" + OTHER + "@x/7\"}\n" + SESSION;

        assertThat(isLimited("{}\n" + SESSION, "x-envoy-auth-partial-body", "true"))
                .isTrue();
        assertThat(isLimited("{}\n" + SESSION, "x-envoy-auth-partial-body", "false"))
                .isFalse();
        assertThat(summary(envelope(body, "x-envoy-auth-partial-body", "true"))).isEqualTo("ambiguous");
    }

    @Test
    void envelopeThatIsNotSeenCounts() {
        assertThat(Requests.envoy("POST", "/api/7/envelope/?sentry_key=" + KEY))
                .isInstanceOfSatisfying(Submission.class, submission -> assertThat(submission.limited())
                        .isTrue());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    PATH,      /api/7/envelope/,    1,       -,         true
                    PATH,      /api/7/envelope?x,   65536,   -,         true
                    PATH,      /api/7/envelope/,    9,       identity,  true
                    PATH,      /api/7/envelope/,    65537,   -,         false
                    PATH,      /api/7/envelope/,    0,       -,         false
                    PATH,      /api/7/envelope/,    x,       -,         false
                    PATH,      /api/7/envelope/,    99999999999999999999, -, false
                    PATH,      /api/7/envelope/,    9,       gzip,      false
                    PATH,      /api/7/store/,       9,       -,         false
                    PATH,      /api/07/envelope/,   9,       -,         false
                    ORIGINAL,  /api/7/envelope/,    9,       -,         false
                    """)
    void onlyEnvelopesOfEnvoyAreRead(Style style, String target, String length, String encoding, boolean wanted) {
        String[] headers = {"Content-Length", length, "X-Original-URI", target, "X-Original-Method", "POST"};
        String[] all = encoding == null ? headers : Requests.with(headers, "Content-Encoding", encoding);

        assertThat(new SubmissionReader("").wantsBody(request(style, "POST", target, all)))
                .isEqualTo(wanted);
    }

    private static boolean isLimited(String body, String... headers) {
        return ((Submission) envelope(body, headers)).limited();
    }
}
