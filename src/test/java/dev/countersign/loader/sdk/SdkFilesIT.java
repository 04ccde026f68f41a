package dev.countersign.loader.sdk;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.RawHttp;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service with the files of the SDK, whose loaders are at the root of a host of their own and below a path of another. */
class SdkFilesIT {

    private static final String FILE = "/js-sdk/10.78.0/bundle.tracing.replay.min.js";
    private static final String CONTENT = "window.Sentry={};".repeat(100_000);
    private static final Path FOLDER = folder();

    @RegisterExtension
    static final OwnService SERVICE = OwnService.patient(Map.of(
            "COUNTERSIGN_INGEST_CDN_URL",
            "https://js.example.com",
            "COUNTERSIGN_INGEST_NAMED_EU_ENDPOINT",
            "https://eu.example.com/ingest@eu",
            "COUNTERSIGN_LOADER_SDK_DIR",
            FOLDER.toString()));

    private Tenant tenant;
    private String key;

    @BeforeEach
    void createKey() {
        RestAssured.port = SERVICE.get().port();
        tenant = Tenant.create();
        key = tenant.newKey("{}");
    }

    @Test
    void fileIsKeptForEverByPagesOfEveryOrigin() {
        Response file = given().get(FILE);

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.asString()).isEqualTo(CONTENT);
        assertThat(file.header("Content-Type")).isEqualTo("text/javascript");
        assertThat(file.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(file.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(file.header("Set-Cookie")).isNull();
    }

    @Test
    void headHasNoBody() {
        Response head = given().head(FILE);

        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(CONTENT.length()));
        assertThat(head.asByteArray()).isEmpty();
        assertThat(given().post(FILE).statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void knownFileIsNotSentAgain(String condition) {
        String tag = given().head(FILE).header("ETag");

        Response known =
                given().header("If-None-Match", condition.formatted(tag)).get(FILE);

        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.asByteArray()).isEmpty();
        assertThat(known.header("ETag")).isEqualTo(tag);
        assertThat(known.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(given().header("If-None-Match", "\"other\"").get(FILE).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/js-sdk-loader/", "/ingest@eu/js-sdk-loader/"})
    void loaderIsAtEachConfiguredPath(String path) {
        assertThat(given().urlEncodingEnabled(false).get(path + key + ".min.js").asString())
                .contains("\"https://js.example.com" + FILE + "\"", ",false,\"" + "sha384-")
                .contains("\"dsn\":\"https://" + key + "@sentry.io/" + tenant.projectId() + "\"");
    }

    @Test
    void fileIsBesideTheLoadersOfEachHost() {
        assertThat(given().urlEncodingEnabled(false).get("/ingest@eu" + FILE).asString())
                .isEqualTo(CONTENT);
    }

    @Test
    void versionThatIsNotInTheFolderIsTheNewestThere() {
        String other = tenant.newKey("""
                {"browserSdkVersion":"8.x"}""");

        assertThat(given().get("/" + other + ".min.js").asString()).contains("https://js.example.com" + FILE);
    }

    @Test
    void keyWhoseBundleIsMissingGetsTheScriptThatDoesNothing() {
        String other = tenant.newKey("""
                {"dynamicSdkLoaderOptions":{"hasFeedback":true}}""");

        Response loader = given().get("/" + other + ".min.js");

        assertThat(loader.statusCode()).isEqualTo(200);
        assertThat(loader.asString()).doesNotContain(other, "__SENTRY__");
        assertThat(loader.header("Surrogate-Key"))
                .isEqualTo("project/" + tenant.projectId() + " sdk/10.78.0 sdk-loader");
        assertThat(SERVICE.get().metric("countersign_loader_requests_total{outcome=\"no_bundle\"}"))
                .isEqualTo("1.0");
    }

    @Test
    void namesOfTheApiMayEndLikeScripts() {
        assertThat(Api.operator().put(tenant.named("app.js"), "{}").statusCode())
                .isEqualTo(201);
        assertThat(Api.operator().get(tenant.named("app.js")).jsonPath().getString("name"))
                .isEqualTo("app.js");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/js-sdk/10.78.0/secret.txt",
                "/js-sdk/10.78.0/bundle.link.min.js",
                "/js-sdk/10.78.0/",
                "/js-sdk/10.78.0%2Fbundle.tracing.replay.min.js",
                "/js-sdk/9.0.0/../10.78.0/bundle.tracing.replay.min.js",
                "/js-sdk/%2e%2e/10.78.0/bundle.min.js",
                "/js-sdk/..%5c..%5cetc%5cpasswd",
                "/js-sdk/10.78.0/bundle.tracing.replay.min.js%00",
                "/js-sdk/10.78.0/bundle.min.js"
            })
    void otherFilesAreNotFound(String path) throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            RawHttp.Answer answer =
                    http.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").require(true);

            assertThat(answer.status()).isBetween(400, 404);
            assertThat(answer.body()).doesNotContain("secret", "Sentry={}");
        }
    }

    @Test
    void answerForAFileThatHasGoneIsKeptByNobody() throws IOException {
        Files.deleteIfExists(FOLDER.resolve("10.78.0/bundle.debug.min.js"));

        Response gone = given().get("/js-sdk/10.78.0/bundle.debug.min.js");

        assertThat(gone.statusCode()).isEqualTo(500);
        assertThat(gone.header("Cache-Control")).isEqualTo("no-store");
        assertThat(gone.header("ETag")).isNull();
    }

    private static Path folder() {
        try {
            Path outside = Files.createTempDirectory("sdk");
            Path folder = outside.resolve("folder");
            Path version = Files.createDirectories(folder.resolve("10.78.0"));
            Files.writeString(version.resolve("bundle.tracing.replay.min.js"), CONTENT);
            Files.writeString(version.resolve("bundle.debug.min.js"), CONTENT);
            Files.writeString(version.resolve("secret.txt"), "secret");
            Files.createSymbolicLink(
                    version.resolve("bundle.link.min.js"), Files.writeString(outside.resolve("secret"), "secret"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
