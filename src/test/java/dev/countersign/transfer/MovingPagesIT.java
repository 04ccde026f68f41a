package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the pages about moving, pasted into a shell one block after the other. The programs of the old server are
 * stand-ins that print an export, and the old server is one on the loopback.
 */
class MovingPagesIT {

    private static final Pattern BLOCK = Pattern.compile("(?m)(?:^    .*\\n)+");
    private static final Pattern SERVER = Pattern.compile("https://(?:sentry|glitchtip)\\.example\\.com(?= --from)");
    private static final long PATIENCE_SECONDS = 120;

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @TempDir
    Path folder;

    private final List<String> printed = new ArrayList<>();

    @BeforeEach
    void emptyDatabase() throws Exception {
        POSTGRES.execute("drop schema public cascade; create schema public");
        program(folder.resolve("countersign"), "exec " + quoted(PackagedService.program(Map.of())) + " \"$@\"");
        program(folder.resolve("docker"), "cat " + quoted(TransferDatabase.resource("sentry.json")));
        program(folder.resolve("manage.py"), "cat " + quoted(TransferDatabase.resource("glitchtip.json")));
        program(folder.resolve("pg_dump"), "cat " + quoted(TransferDatabase.resource("glitchtip.sql")));
    }

    @Test
    void pageAboutSentryCanBePasted() throws Exception {
        paste("moving-from-sentry.md", false);

        assertThat(printed)
                .anyMatch(text -> text.contains("organization acme: 1 teams, 2 projects, 1 redirects, 3 client keys"))
                .anyMatch(text -> text.contains("organization org-1: 1 teams, 4 projects"));
        assertThat(Files.readString(folder.resolve("countersign.json"))).contains("\"slug\" : \"acme\"");
        assertThat(folder.resolve("pages")).doesNotExist();
    }

    @Test
    void pageAboutGlitchTipCanBePasted() throws Exception {
        paste("moving-from-glitchtip.md", true);

        assertThat(printed)
                .anyMatch(text -> text.contains("organization org-2: 1 teams, 4 projects"))
                .anyMatch(text -> text.contains("organization ") && !text.contains("org-2"));
        reset();
        shell("countersign import glitchtip.sql");
    }

    /** Either an API or a file is imported, so each begins without organizations. */
    private void paste(String page, boolean glitchTip) throws Exception {
        List<String> blocks = blocks(page);
        assertThat(blocks).hasSizeGreaterThan(3);
        try (PagedApi api = PagedApi.start(glitchTip)) {
            for (String block : blocks) {
                if (block.contains("countersign import")) {
                    reset();
                }
                printed.add(shell(SERVER.matcher(block).replaceAll(api.url())));
            }
        }
    }

    private static void reset() throws Exception {
        POSTGRES.execute("truncate organization, audit_log restart identity cascade");
    }

    private static List<String> blocks(String page) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("docs", page)))
                .results()
                .map(MatchResult::group)
                .map(block -> block.replaceAll("(?m)^    ", ""))
                .toList();
    }

    /** The settings of the database of this test. */
    private static String settings() {
        return PackagedService.environment(POSTGRES.server().getPort(), "postgres").entrySet().stream()
                .map(setting -> "export " + setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** Runs a block, whose settings for the database are replaced, and returns what it prints. */
    private String shell(String block) throws Exception {
        String script = block.replaceAll("(?m)^export COUNTERSIGN_DB.*\\n", "");
        ProcessBuilder bash = new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", settings() + script)
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile());
        bash.environment().keySet().removeIf(name -> name.startsWith("COUNTERSIGN_"));
        bash.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        bash.environment().put("SENTRY_AUTH_TOKEN", PagedApi.TOKEN);
        bash.environment().put("GLITCHTIP_AUTH_TOKEN", PagedApi.TOKEN);
        bash.environment().put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.example.com");
        Process process = bash.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(block + output + Files.readString(folder.resolve("errors")))
                .isZero();
        return output;
    }

    private static void program(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static String quoted(List<String> words) {
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }

    private static String quoted(String file) {
        return quoted(List.of(Path.of(file).toAbsolutePath().toString()));
    }
}
