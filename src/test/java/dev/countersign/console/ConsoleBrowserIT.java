package dev.countersign.console;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.BrowserScript;
import dev.countersign.testsupport.OwnService;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * People use the console in Chromium: {@code src/test/browser/console.mjs} and {@code console-attacks.mjs} have what they do. No
 * view breaks its Content-Security-Policy, throws an error or asks another site.
 */
@Tag("tools")
class ConsoleBrowserIT {

    /** The settings of a service whose console people use, with several ingest hosts and a gate. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "COUNTERSIGN_CONSOLE_ENABLED", "true",
            "COUNTERSIGN_GATE_PORT", "0",
            "COUNTERSIGN_INGEST_ENDPOINT", "https://ingest.example.com",
            "COUNTERSIGN_INGEST_NAMED_EU_WEST_ENDPOINT", "https://eu-west.example.com",
            "COUNTERSIGN_INGEST_NAMED_INSIDE_ENDPOINT", "http://relay.sentry.svc:3000");

    @RegisterExtension
    static final OwnService SERVICE = OwnService.patient(ENVIRONMENT);

    private static final BrowserScript PEOPLE = BrowserScript.of("console.mjs");
    private static final BrowserScript ATTACKS = BrowserScript.of("console-attacks.mjs");

    @BeforeAll
    static void createOrganizations() throws Exception {
        new SampleOrganization(SERVICE).create();
        new SampleOrganization(SERVICE).createLarge();
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
                "keyboard",
                "announcements"
            })
    void peopleCanWork(String act) throws Exception {
        PEOPLE.run(act, settings(SERVICE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reloadWhileUnavailable",
                "addressDuringRedirect",
                "escapeDuringCreate",
                "slowApi",
                "noAnswer",
                "actsWhileTheViewIsReadAgain",
                "elsewhereBeforeTheAnswer",
                "backToTheSameSlug",
                "searchFollowsTheUrl",
                "backAfterRemoval",
                "twoTabs",
                "expiredDuringRemoval",
                "hostileViews"
            })
    void nothingIsLostOrRunWhenThingsGoWrong(String act) throws Exception {
        ATTACKS.run(act, settings(SERVICE));
    }

    /** A name other than localhost over http is no secure context. */
    @Test
    void textIsSelectedWhereThePageHasNoClipboard() throws Exception {
        Map<String, Object> settings = settings(SERVICE);
        settings.put("host", "console.test");

        PEOPLE.run("copyWithoutSecureContext", settings);
    }

    /** After a new version in {@code src/test/browser/package.json}: {@code node src/test/browser/vendor.mjs}. */
    @Test
    void librariesAreThoseOfTheirPackages() throws Exception {
        BrowserScript.of("vendor.mjs").run("check", Map.of());
    }

    /** What the scripts need to know of a service. */
    static Map<String, Object> settings(OwnService service) {
        return new HashMap<>(Map.of(
                "port",
                service.get().port(),
                "operatorToken",
                Api.OPERATOR_TOKEN,
                "organization",
                SampleOrganization.SLUG,
                "large",
                SampleOrganization.LARGE));
    }
}
