package dev.countersign.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the console, without a browser. */
class ConsoleFilesTest {

    private static final Path FOLDER = Path.of("src", "main", "resources", "console");
    private static final int MAX_BYTES = 150 * 1024;
    private static final Pattern IMPORT = Pattern.compile("from ?[\"'](\\./[^\"']+)[\"']");
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final Pattern URL = Pattern.compile("[a-z]+://[^\\s\"'`<>)]+");

    private final ConsoleFiles files = ConsoleFiles.read(Duration.ofMinutes(30), Duration.ofDays(30), false);

    static Stream<String> names() {
        return ConsoleFiles.NAMES.stream();
    }

    @Test
    void everyFileOfTheFolderIsServed() throws IOException {
        try (Stream<Path> found = Files.walk(FOLDER)) {
            assertThat(found.filter(Files::isRegularFile)
                            .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                            .filter(name -> name.matches(".*\\.(js|css|svg)")))
                    .containsExactlyInAnyOrderElementsOf(ConsoleFiles.NAMES);
        }
    }

    @Test
    void pageNamesEveryFileItLoadsByItsHash() {
        String html = text(files.page());

        assertThat(LINK.matcher(html).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> {
                    assertThat(link).matches("[0-9a-f]{16}/.+");
                    assertThat(files.find(link)).as(link).isNotNull();
                });
        assertThat(html).doesNotContain("{", "style=", "<style", "onclick").containsOnlyOnce("<script ");
    }

    @Test
    void pageHoldsWhatTheConfigurationSays() {
        assertThat(text(files.page()))
                .contains("name=\"countersign-idle-seconds\" content=\"1800\"")
                .contains("name=\"countersign-usage-seconds\" content=\"2592000\"")
                .contains("name=\"countersign-sample\" content=\"false\"");
        assertThat(text(ConsoleFiles.read(Duration.ofSeconds(1), Duration.ofHours(1), true)
                        .page()))
                .contains("name=\"countersign-idle-seconds\" content=\"1\"")
                .contains("name=\"countersign-sample\" content=\"true\"");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyImportLeadsToAFile(String name) throws IOException {
        Path file = FOLDER.resolve(name);

        assertThat(IMPORT.matcher(Files.readString(file)).results().map(found -> found.group(1)))
                .allSatisfy(imported -> assertThat(
                                Objects.requireNonNull(file.getParent()).resolve(imported))
                        .as("%s imports %s", name, imported)
                        .exists());
    }

    /** Names of namespaces and licences are URLs that no browser loads. */
    @ParameterizedTest
    @MethodSource("names")
    void noFileNamesAnotherSite(String name) throws IOException {
        assertThat(URL.matcher(Files.readString(FOLDER.resolve(name))).results().map(MatchResult::group))
                .allMatch(url -> url.startsWith("http://www.w3.org/"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void noFileMakesHtmlOrCodeOfAText(String name) throws IOException {
        if (!name.startsWith("vendor/")) {
            assertThat(Files.readString(FOLDER.resolve(name)))
                    .doesNotContain("innerHTML", "dangerouslySetInnerHTML", "eval(", "document.write", "localStorage");
        }
    }

    @Test
    void unknownPathsLeadToNothing() {
        assertThat(Stream.of("", "app.js", "0000000000000000/app.js", "/app.js", "application.properties")
                        .map(files::find))
                .containsOnlyNulls();
    }

    @Test
    void wholeConsoleIsSmallOverTheWire() {
        int bytes = files.page().bytes(true).length
                + names().mapToInt(name -> bytes(FOLDER.resolve(name), name)).sum();

        assertThat(bytes).isLessThan(MAX_BYTES);
    }

    @Test
    void everyLibraryHasItsLicence() {
        assertThat(Stream.of("LICENSE-preact", "LICENSE-htm").map(FOLDER.resolve("vendor")::resolve))
                .allSatisfy(licence -> assertThat(licence).exists());
    }

    private static int bytes(Path file, String name) {
        try {
            return ConsoleFile.of(name, Files.readAllBytes(file)).bytes(true).length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(ConsoleFile file) {
        return new String(file.bytes(false), StandardCharsets.UTF_8);
    }
}
