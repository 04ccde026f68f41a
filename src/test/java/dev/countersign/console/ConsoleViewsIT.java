package dev.countersign.console;

import dev.countersign.testsupport.BrowserScript;
import dev.countersign.testsupport.OwnService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What people see of the console in Chromium: {@code src/test/browser/console-views.mjs}. {@code -Dscreenshots.update=true} makes
 * the pictures of docs/console.md. The service is that of this class alone, so that the pictures show no names of other tests.
 */
@Tag("tools")
class ConsoleViewsIT {

    @RegisterExtension
    static final OwnService SERVICE = OwnService.patient(ConsoleBrowserIT.ENVIRONMENT);

    private static final Logger LOG = Logger.getLogger(ConsoleViewsIT.class);
    private static final BrowserScript VIEWS = BrowserScript.of("console-views.mjs");
    private static final Path PICTURES = Path.of("docs", "console").toAbsolutePath();

    @BeforeAll
    static void createOrganizations() throws Exception {
        new SampleOrganization(SERVICE).create();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark", "phone", "largeText"})
    void everyViewIsAccessibleAndFits(String appearance) throws Exception {
        Map<String, Object> settings = ConsoleBrowserIT.settings(SERVICE);
        if (Boolean.getBoolean("screenshots.update")) {
            settings.put("screenshots", Files.createDirectories(PICTURES).toString());
        }

        VIEWS.run(appearance, settings);
    }

    @Test
    void consoleIsSmallOverTheWireAndLoadedOnce() throws Exception {
        LOG.info(VIEWS.run("wire", ConsoleBrowserIT.settings(SERVICE)));
    }
}
