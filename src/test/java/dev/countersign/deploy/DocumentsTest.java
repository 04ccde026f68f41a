package dev.countersign.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The links of the documents lead to existing files and headings. */
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern NUMBER = Pattern.compile("(\\d{4})-.+\\.md");

    static List<Path> documents() {
        return Stream.concat(
                        children(Path.of("")),
                        Stream.of("docs", "deploy", ".github")
                                .flatMap(folder -> DeployFiles.files(Path.of(folder), "").stream()))
                .filter(file -> file.toString().endsWith(".md"))
                .sorted()
                .toList();
    }

    @Test
    void documentsOfEveryFolderAreFound() {
        assertThat(documents())
                .contains(
                        Path.of("README.md"), Path.of("docs", "release.md"), Path.of("deploy", "lambda", "README.md"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsToAnExistingFileAndHeading(Path document) {
        assertThat(LINK.matcher(DeployFiles.text(document)).results()).allSatisfy(link -> {
            Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
            assertThat(target).as(link.group()).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target)).as(link.group()).contains(link.group(2));
            }
        });
    }

    @Test
    void everyDecisionHasItsOwnNumber() {
        List<String> numbers = children(Path.of("docs", "decisions"))
                .map(file -> NUMBER.matcher(file.getFileName().toString()).replaceFirst("$1"))
                .toList();

        assertThat(numbers).isNotEmpty().doesNotHaveDuplicates().allMatch(number -> number.matches("\\d{4}"));
    }

    /** The anchors that GitHub makes of headings: lower case, without punctuation, hyphens for blanks. */
    private static List<String> anchors(Path document) {
        return HEADING.matcher(DeployFiles.text(document))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    private static Stream<Path> children(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
