package dev.countersign.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The changelog and the deployment files name the version of pom.xml. */
class VersionTest {

    private static final Pattern POM_VERSION =
            Pattern.compile("<artifactId>countersign</artifactId>\\s*<version>(.+?)</");
    private static final Pattern RELEASE = Pattern.compile("(?m)^## (\\d\\S*) - \\d{4}-\\d{2}-\\d{2}$");
    private static final Pattern CHART_VERSION = Pattern.compile("(?m)^(?:v|appV)ersion: \"?([^\"\n]+)");
    private static final Pattern IMAGE_VERSION = Pattern.compile("countersign:(\\d\\S*)|newTag: (\\S+)");

    @Test
    void versionHasThreeNumbers() {
        assertThat(version()).matches("\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void changelogsNewestReleaseIsTheVersion() {
        assertThat(first(RELEASE, DeployFiles.text(Path.of("CHANGELOG.md")))).isEqualTo(version());
    }

    @Test
    void changelogBeginsWithUnreleased() {
        assertThat(DeployFiles.text(Path.of("CHANGELOG.md"))
                        .lines()
                        .filter(line -> line.startsWith("## "))
                        .findFirst())
                .contains("## Unreleased");
    }

    @Test
    void deploymentFilesNameTheVersion() {
        List<String> versions = DeployFiles.files(DeployFiles.DEPLOY, "").stream()
                .flatMap(file -> IMAGE_VERSION.matcher(DeployFiles.text(file)).results())
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();

        assertThat(versions).hasSizeGreaterThanOrEqualTo(4).containsOnly(version());
    }

    /** An image of the chart has the second of these versions, unless values name another. */
    @Test
    void chartAndItsImageHaveTheVersion() {
        String chart = DeployFiles.text(DeployFiles.DEPLOY.resolve(Path.of("helm", "countersign", "Chart.yaml")));

        assertThat(CHART_VERSION.matcher(chart).results().map(found -> found.group(1)))
                .containsExactly(version(), version());
    }

    @Test
    void imagesNameVersionAndCommit() {
        assertThat(DeployFiles.dockerfiles()).hasSize(2).allSatisfy(file -> assertThat(DeployFiles.text(file))
                .contains("image.version=\"${VERSION}\"", "image.revision=\"${REVISION}\""));
    }

    private static String version() {
        return first(POM_VERSION, DeployFiles.text(Path.of("pom.xml")));
    }

    private static String first(Pattern pattern, String text) {
        return Stream.of(text)
                .flatMap(all -> pattern.matcher(all).results())
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow();
    }
}
