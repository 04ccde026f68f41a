package dev.countersign.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the packaged program, jar or executable. */
class CommandsIT {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @ParameterizedTest
    @ValueSource(strings = {"serve", "migrate", "help", "version"})
    void everyCommandHasHelp(String command) throws Exception {
        CommandRun help = CommandRun.packaged(Map.of(), command, "--help");

        assertThat(help.status()).isZero();
        assertThat(help.out()).startsWith("Usage: countersign " + command);
        assertThat(help.err()).isEmpty();
    }

    @Test
    void versionIsThatOfTheBuild() throws Exception {
        assertThat(CommandRun.packaged(Map.of(), "version").out().strip())
                .isNotEmpty()
                .satisfies(version -> assertThat(Files.readString(Path.of("pom.xml")))
                        .contains("<artifactId>countersign</artifactId>\n  <version>" + version + "</version>"));
    }

    @Test
    void unknownCommandIsRefusedAndServesNothing() throws Exception {
        CommandRun refused = CommandRun.packaged(PackagedService.environment(POSTGRES.server()), "srve");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err().lines())
                .containsExactly("Unmatched argument at index 0: 'srve'", "Try: countersign --help");
    }

    /** Settings that a command does not need may be wrong: a Job has the environment of the service. */
    @Test
    void migrateMigratesOnceAndReadsTheDatabasesSettingsOnly() throws Exception {
        POSTGRES.execute("create database to_migrate");
        Map<String, String> environment =
                new HashMap<>(PackagedService.environment(POSTGRES.server().getPort(), "to_migrate"));
        environment.put("COUNTERSIGN_OPERATOR_TOKEN", "short");
        environment.put("COUNTERSIGN_CACHE_ENTRIES", "x");

        CommandRun first = CommandRun.packaged(environment, "migrate");
        CommandRun second = CommandRun.packaged(environment, "migrate");

        assertThat(first).satisfies(run -> {
            assertThat(run.status()).isZero();
            assertThat(run.out()).matches("[1-9][0-9]* migrations applied, this program needs schema version \\d+\\R");
            assertThat(run.err()).isEmpty();
        });
        assertThat(second.out()).startsWith("0 migrations applied");
    }

    @Test
    void serveServesAndLoadsNoClassOfOtherCommands(@TempDir Path folder) throws Exception {
        Path classes = folder.resolve("classes.log");
        Map<String, String> environment = new HashMap<>(PackagedService.environment(POSTGRES.server()));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        environment.put("COUNTERSIGN_MIGRATE", "at-start");
        environment.put("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes);

        try (PackagedService service =
                PackagedService.start(environment, "serve").awaitReady()) {
            assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
        }
        // An executable writes no such log.
        if (Files.exists(classes)) {
            assertThat(Files.readString(classes))
                    .contains("dev.countersign.Main ")
                    .doesNotContain("dev.countersign.CommandList ")
                    .doesNotContain("dev.countersign.command.")
                    .doesNotContain("picocli.");
        }
    }
}
