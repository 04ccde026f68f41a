package dev.countersign.console;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.BrowserScript;
import dev.countersign.testsupport.OwnService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * People use the console in Chromium: {@code src/test/browser/console.mjs} has what they do, and {@code console-views.mjs} what
 * they see. No view breaks its Content-Security-Policy, throws an error or asks another site. {@code -Dscreenshots.update=true}
 * makes the pictures of docs/console.md.
 */
class ConsoleBrowserIT {

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of(
            "COUNTERSIGN_CONSOLE_ENABLED", "true",
            "COUNTERSIGN_GATE_PORT", "0",
            "COUNTERSIGN_INGEST_ENDPOINT", "https://ingest.example.com",
            "COUNTERSIGN_INGEST_NAMED_EU_WEST_ENDPOINT", "https://eu-west.example.com",
            "COUNTERSIGN_INGEST_NAMED_INSIDE_ENDPOINT", "http://relay.sentry.svc:3000"));

    private static final Logger LOG = Logger.getLogger(ConsoleBrowserIT.class);
    private static final BrowserScript PEOPLE = BrowserScript.of("console.mjs");
    private static final BrowserScript VIEWS = BrowserScript.of("console-views.mjs");
    private static final Path PICTURES = Path.of("docs", "console").toAbsolutePath();

    @BeforeAll
    static void createOrganizations() throws Exception {
        new SampleOrganization(SERVICE).create();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "credentials",
                "sample",
                "createToCopy",
                "fromNothing",
                "changes",
                "rotation",
                "removal",
                "twoPeople",
                "expiredCredential",
                "otherPerson",
                "idle",
                "tenThousandKeys",
                "hostileNames",
                "scopes",
                "errors",
                "marks",
                "keyboard"
            })
    void peopleCanWork(String act) throws Exception {
        PEOPLE.run(act, settings());
    }

    /** A name other than localhost over http is no secure context. */
    @Test
    void textIsSelectedWhereThePageHasNoClipboard() throws Exception {
        Map<String, Object> settings = settings();
        settings.put("host", "console.test");

        PEOPLE.run("copyWithoutSecureContext", settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark", "phone", "largeText"})
    void everyViewIsAccessibleAndFits(String appearance) throws Exception {
        Map<String, Object> settings = settings();
        if (Boolean.getBoolean("screenshots.update")) {
            settings.put("screenshots", Files.createDirectories(PICTURES).toString());
        }

        VIEWS.run(appearance, settings);
    }

    /** After a new version in {@code src/test/browser/package.json}: {@code node src/test/browser/vendor.mjs}. */
    @Test
    void librariesAreThoseOfTheirPackages() throws Exception {
        BrowserScript.of("vendor.mjs").run("check", Map.of());
    }

    @Test
    void consoleIsSmallOverTheWireAndLoadedOnce() throws Exception {
        LOG.info(VIEWS.run("wire", settings()));
    }

    private static Map<String, Object> settings() {
        return new HashMap<>(Map.of(
                "port",
                SERVICE.get().port(),
                "operatorToken",
                Api.OPERATOR_TOKEN,
                "organization",
                SampleOrganization.SLUG,
                "large",
                SampleOrganization.LARGE));
    }
}
