package dev.countersign.loader;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script behind the member {@code cdn} of each client key's DSNs. */
@QuarkusTest
class LoaderTest extends WithTenant {

    private static final String PATH = "/js-sdk-loader/";
    private static final String UNKNOWN = "00000000000000000000000000000000";
    private static final String KEPT =
            "public, max-age=3600, s-maxage=60, stale-while-revalidate=315360000, stale-if-error=315360000";
    private static final Pattern SECONDS = Pattern.compile("=([0-9]+)");

    private String key;

    @BeforeEach
    void createKey() {
        key = tenant.newKey("{}");
    }

    @Test
    void urlOfTheKeyLeadsHere() {
        assertThat(Api.operator().get(tenant.key(key)).jsonPath().getString("dsn.cdn"))
                .isEqualTo("https://sentry.io" + PATH + key + ".min.js");
    }

    @Test
    void headersAreThoseOfSentry() {
        Response loader = get(key + ".min.js");

        assertThat(loader.statusCode()).isEqualTo(200);
        assertThat(loader.header("Content-Type")).isEqualTo("text/javascript");
        assertThat(loader.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(loader.header("Cache-Control")).isEqualTo(KEPT);
        assertThat(loader.header("Surrogate-Key"))
                .isEqualTo("project/" + tenant.projectId() + " sdk/10.78.0 sdk-loader");
        assertThat(loader.header("Content-Length")).isEqualTo(String.valueOf(loader.asByteArray().length));
        assertThat(loader.headers().asList())
                .extracting(header -> header.getName().toLowerCase())
                .doesNotContain("set-cookie", "vary", "content-encoding", "allow", "content-language");
    }

    @ParameterizedTest
    @ValueSource(strings = {".js", ".min.js"})
    void scriptIsThatOfTheFileWithTheArgumentsOfTheKey(String suffix) throws IOException {
        String file = Files.readString(Path.of("src/main/resources/loader/loader" + suffix));

        assertThat(get(key + suffix).asString())
                .isEqualTo(file.replace("__ARGUMENTS__", """
                "%1$s","https://browser.sentry-cdn.com/10.78.0/bundle.tracing.replay.min.js",\
                {"dsn":"https://%1$s@sentry.io/%2$d","tracesSampleRate":1,"replaysSessionSampleRate":0.1,\
                "replaysOnErrorSampleRate":1},false""".formatted(key, tenant.projectId())));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            7.x    | {"hasReplay":false,"hasPerformance":false}                  | /7.120.4/bundle.es5.min.js      | true
            latest | {"hasReplay":false,"hasPerformance":true,"hasDebug":true}   | /7.120.4/bundle.tracing.es5.debug.min.js | false
            8.x    | {"hasReplay":false,"hasPerformance":true}                   | /8.55.2/bundle.tracing.min.js   | false
            9.x    | {"hasReplay":false,"hasPerformance":false,"hasFeedback":true} | /9.47.2/bundle.feedback.min.js | false
            10.x   | {"hasFeedback":true,"hasLogsAndMetrics":true}               | /10.78.0/bundle.tracing.replay.feedback.logs.metrics.min.js | false
            5.x    | {"hasReplay":true,"hasPerformance":true}                    | /5.30.0/bundle.min.js           | true
            """, delimiter = '|')
    void keyChoosesVersionAndBundle(String version, String options, String path, boolean lazy) {
        String chosen = tenant.newKey("""
                {"browserSdkVersion":"%s","dynamicSdkLoaderOptions":%s}""".formatted(version, options));

        assertThat(get(chosen + ".min.js").asString())
                .contains("\"https://browser.sentry-cdn.com" + path + "\",{")
                .contains("}," + lazy + ")");
    }

    @Test
    void keyThatIsSwitchedOffGetsTheScriptThatDoesNothing() throws IOException {
        assertThat(get(key + ".js").asString()).contains(key);

        Api.operator().put(tenant.key(key), """
                {"isActive":false}""");

        String off = noop();
        assertThat(await(key + ".js", off::equals)).isEqualTo(off);
        Api.operator().put(tenant.key(key), """
                {"isActive":true}""");
        assertThat(await(key + ".js", script -> script.contains(key))).contains(key);
    }

    @Test
    void changedOptionsAreObeyed() {
        String before = get(key + ".min.js").header("ETag");

        Api.operator().put(tenant.key(key), """
                {"browserSdkVersion":"9.x"}""");

        assertThat(await(key + ".min.js", script -> script.contains("/9.47.2/")))
                .contains("/9.47.2/");
        assertThat(get(key + ".min.js").header("ETag")).isNotEqualTo(before);
    }

    @Test
    void removedKeyGetsTheScriptThatDoesNothing() throws IOException {
        get(key + ".js");

        Api.operator().delete(tenant.key(key));

        String gone = noop();
        assertThat(await(key + ".js", gone::equals)).isEqualTo(gone);
    }

    @Test
    void expiredKeyGetsAScriptThatNobodyKeeps() throws IOException {
        Response loader = get(tenant.newExpiredKey("old") + ".js");

        assertThat(loader.asString()).isEqualTo(noop());
        assertThat(loader.header("Cache-Control"))
                .isEqualTo("public, max-age=0, s-maxage=0, stale-while-revalidate=0, stale-if-error=0");
    }

    @Test
    void loaderIsKeptNoLongerThanTheKeyHasLeft() {
        Instant end = Instant.now().plus(30, ChronoUnit.SECONDS).truncatedTo(ChronoUnit.SECONDS);
        String expiring = tenant.newKey("""
                {"dateExpires":"%s"}""".formatted(end));

        Response loader = get(expiring + ".min.js");

        assertThat(loader.asString()).contains(expiring);
        assertThat(SECONDS.matcher(loader.header("Cache-Control"))
                        .results()
                        .mapToInt(found -> Integer.parseInt(found.group(1))))
                .hasSize(4)
                .allMatch(seconds -> seconds <= 30);
    }

    @Test
    void scriptForAnUnknownKeyDoesNothing() throws IOException {
        Response loader = get(UNKNOWN + ".js");

        assertThat(loader.statusCode()).isEqualTo(200);
        assertThat(loader.asString()).isEqualTo(noop());
        assertThat(loader.header("Content-Type")).isEqualTo("text/javascript");
        assertThat(loader.header("Cache-Control")).isEqualTo(KEPT);
        assertThat(loader.header("Surrogate-Key")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%3Cscript%3Ealert(1)%3C%2Fscript%3E.js",
                "');alert(1);('.js",
                "%00.js",
                "%E2%80%AE.min.js",
                "1D98E4FA473541F29018FB43A2974CD2.min.js",
                "x.js",
                "a%2Fb.js",
                "-.min.js"
            })
    void textThatIsNoKeyGetsTheScriptThatDoesNothing(String file) throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            RawHttp.Answer answer = http.send("GET " + PATH + file + " HTTP/1.1\r\nHost: a\r\n\r\n")
                    .read(true);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(file.endsWith(".min.js") ? noopMinified() : noop());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".js",
                ".min.js",
                "a.b.js",
                "x",
                "x.css",
                "x.js.map",
                "x/y.js",
                "x.min.min.js",
                "x.js/",
                "..%2Fx.js",
                ".%2e/q/metrics"
            })
    void otherPathsAreNotFound(String file) throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            assertThat(http.send("GET " + PATH + file + " HTTP/1.1\r\nHost: a\r\n\r\n")
                            .read(true)
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void longPathIsAnsweredLikeAShortOne() throws IOException {
        assertThat(get("k".repeat(8192) + ".js").asString()).isEqualTo(noop());
    }

    @Test
    void headHasTheHeadersOfGet() {
        Response get = get(key + ".min.js");
        Response head = anonymous().head(PATH + key + ".min.js");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.asByteArray()).isEmpty();
        assertThat(head.headers().asList())
                .filteredOn(header -> !header.hasSameNameAs(new Header("X-Request-Id", "")))
                .isNotEmpty()
                .isSubsetOf(get.headers().asList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void knownScriptIsNotSentAgain(String condition) {
        Response first = get(key + ".min.js");

        Response again = anonymous()
                .header("If-None-Match", condition.formatted(first.header("ETag")))
                .get(PATH + key + ".min.js");

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.asByteArray()).isEmpty();
        assertThat(again.header("Cache-Control")).isEqualTo(KEPT);
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    }

    @Test
    void otherScriptIsSent() {
        Response readable = get(key + ".js");

        assertThat(anonymous()
                        .header("If-None-Match", readable.header("ETag"))
                        .get(PATH + key + ".min.js")
                        .statusCode())
                .isEqualTo(200);
    }

    /** Other tests of this process ask for loaders, too, so a count grows by one at least. */
    @Test
    void answersAreCountedByTheirOutcome() {
        String off = tenant.newKey("{}");
        Api.operator().put(tenant.key(off), """
                {"isActive":false}""");
        Map<String, String> files = Map.of(
                "served", key + ".js",
                "unknown", UNKNOWN + ".js",
                "inactive", off + ".js",
                "expired", tenant.newExpiredKey("old") + ".js");

        files.forEach((outcome, file) -> {
            double before = count(outcome);
            get(file);
            assertThat(count(outcome)).as(outcome).isGreaterThanOrEqualTo(before + 1);
        });
    }

    private static double count(String outcome) {
        String name = "countersign_loader_requests_total{outcome=\"" + outcome + "\"} ";
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    @Test
    void credentialIsIgnored() {
        assertThat(anonymous()
                        .header("Authorization", "Bearer nonsense")
                        .get(PATH + key + ".min.js")
                        .asString())
                .contains(key);
    }

    @Test
    void otherMethodsAreRefused() {
        Response refused = anonymous().post(PATH + key + ".min.js");

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.header("Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void namesDoNotEnterTheScript() {
        Api.operator().put(tenant.path("projects/{o}/{p}/"), """
                {"name":"</script><script>alert(1)</script>"}""");
        String named = tenant.newKey("""
                {"name":"</script><img src=x onerror=alert(1)>"}""");

        assertThat(get(named + ".min.js").asString()).contains(named).doesNotContain("</", "alert");
    }

    private static String noop() throws IOException {
        return Files.readString(Path.of("src/main/resources/loader/noop.js"));
    }

    private static String noopMinified() throws IOException {
        return Files.readString(Path.of("src/main/resources/loader/noop.min.js"));
    }

    /** A change is obeyed within a second. */
    private static String await(String file, Predicate<String> fits) {
        return Poll.until(() -> get(file).asString(), fits);
    }

    private static Response get(String file) {
        return anonymous().urlEncodingEnabled(false).get(PATH + file);
    }

    private static RequestSpecification anonymous() {
        return given();
    }
}
