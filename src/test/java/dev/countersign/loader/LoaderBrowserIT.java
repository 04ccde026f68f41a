package dev.countersign.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.BrowserScript;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.FreePort;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages with the tag of a loader, in Chromium, with Sentry's SDK from the folder of the service. */
@Tag("tools")
@EnabledIfEnvironmentVariable(
        named = "BROWSER",
        matches = ".+",
        disabledReason = "skipped: no browser here; src/test/browser/install gets it")
class LoaderBrowserIT {

    private static final BrowserScript SCRIPT = BrowserScript.of("loader.mjs");
    private static final String LAZY = """
            {"dynamicSdkLoaderOptions":{"hasReplay":false,"hasPerformance":false}}""";

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([0-9.]+/bundle[^`]*)` \\| `(sha384-[^`]+)` \\|$");

    /** The port of the server that the script starts: site, store and proxy. */
    private static final int PORT = FreePort.find();

    @RegisterExtension
    static final OwnService SERVICE = OwnService.patient(Map.of(
            "COUNTERSIGN_INGEST_ENDPOINT",
            "http://localhost:" + PORT,
            "COUNTERSIGN_LOADER_SDK_DIR",
            Path.of(String.valueOf(System.getenv("BROWSER")), "js-sdk").toString()));

    private Tenant tenant;

    @BeforeEach
    void createTenant() {
        assumeTrue(
                Files.exists(Path.of(System.getenv("BROWSER"), "js-sdk", "integrity.txt")),
                "skipped: no bundles of Sentry's SDK here; src/test/browser/install makes them");
        RestAssured.port = SERVICE.get().port();
        tenant = Tenant.create();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "errorsBeforeDuringAndAfterLoad",
                "rejections",
                "callsErrorsAndRejectionsStayInOrder",
                "lazyLoaderWaitsForAnError",
                "dataLazyNoLoadsAtOnce",
                "forceLoadLoads",
                "onLoadMayStartTheSdkWithOptions",
                "callOfInitKeepsItsOptions",
                "startedSdkIsLeftAlone",
                "loadedSdkIsStarted",
                "sdkWhoseMembersCannotBeSetIsStarted",
                "sdkThatThePageStartsLaterIsLeftAlone",
                "handlersOfThePageSeeEachErrorOnce",
                "callThatFailsStopsNothing",
                "tagThatIsThereTwiceWorksOnce",
                "nonceOfTheTagIsThatOfTheSdk",
                "trustedTypesAreObeyed",
                "defaultPolicyOfThePageIsAsked",
                "refusedPolicyLeavesThePageAlone",
                "blockedSdkLeavesThePageAlone",
                "keyThatIsSwitchedOffIsObeyed"
            })
    void pageWithALazyKey(String name) throws Exception {
        SCRIPT.run(name, settings(tenant.newKey(LAZY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"badKeyDoesNothing", "badKeyLeavesASdkAlone"})
    void pageWithABadKey(String name) throws Exception {
        String key = tenant.newKey(LAZY);
        Api.operator().put(tenant.key(key), """
                {"isActive":false}""");

        SCRIPT.run(name, settings(key));
    }

    /** The choice 11.x is newer than the choices of the API. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            8.55.2  | ''                       | ''
            9.47.2  | ''                       | ''
            10.78.0 | ''                       | ''
            11.12.0 | ''                       | ''
            8.55.2  | .tracing.replay          | BrowserTracing Replay
            9.47.2  | .tracing.replay          | BrowserTracing Replay
            10.78.0 | .tracing.replay          | BrowserTracing Replay
            11.12.0 | .tracing.replay          | BrowserTracing Replay
            10.78.0 | .tracing.replay.feedback | BrowserTracing Feedback
            11.12.0 | .logs.metrics.debug      | ''
            """, delimiter = '|')
    void sdkOfTheKeyIsUsed(String version, String modifier, String integrations) throws Exception {
        String key = tenant.newKey("""
                {"dynamicSdkLoaderOptions":{"hasPerformance":%s,"hasReplay":%s,"hasFeedback":%s,"hasLogsAndMetrics":%s,\
                "hasDebug":%s}}""".formatted(
                        modifier.contains("tracing"),
                        modifier.contains("replay") && !modifier.contains("feedback"),
                        modifier.contains("feedback"),
                        modifier.contains("logs"),
                        modifier.contains("debug")));
        choose(key, version.substring(0, version.indexOf('.')) + ".x");
        Map<String, Object> settings = settings(key);
        settings.put("version", version);
        settings.put("bundle", "/js-sdk/" + version + "/bundle" + modifier + ".min.js");
        settings.put(
                "integrations",
                Stream.of(integrations.split(" "))
                        .filter(name -> !name.isEmpty())
                        .toList());

        SCRIPT.run("sdkOfTheKeyIsUsed", settings);
    }

    /** The tags of docs/loader.md name the bundles that deploy/js-sdk makes, without those that write to the console. */
    @Test
    void hashesOfTheDocumentAreThoseOfTheBundles() throws IOException {
        List<String> documented = ROW.matcher(Files.readString(Path.of("docs", "loader.md")))
                .results()
                .map(row -> row.group(2) + "  " + row.group(1))
                .toList();

        assertThat(Files.readAllLines(Path.of(System.getenv("BROWSER"), "js-sdk", "integrity.txt")))
                .filteredOn(line -> !line.contains(".debug."))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    private Map<String, Object> settings(String key) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("port", PORT);
        settings.put("servicePort", SERVICE.get().port());
        settings.put("key", key);
        settings.put("project", tenant.projectId());
        settings.put("keyPath", Api.url(tenant.key(key)));
        settings.put("token", Api.OPERATOR_TOKEN);
        settings.put("dsn", "http://" + key + "@localhost:" + PORT + "/" + tenant.projectId());
        settings.put("sdk", "http://localhost:" + PORT + "/js-sdk/10.78.0/bundle.min.js");
        return settings;
    }

    private static void choose(String key, String version) throws SQLException {
        try (Connection connection =
                SERVICE.postgres().server().getPostgresDatabase().getConnection()) {
            connection
                    .createStatement()
                    .execute("update project_key set browser_sdk_version = '" + version + "' where public_key = '" + key
                            + "'");
        }
    }
}
