package dev.countersign.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of a container image, and its start. */
class ImageTest {

    private static final Pattern QUOTED_FLAG = Pattern.compile("\"-XX:[^\"]+\"");
    private static final Pattern NOT_INLINED = Pattern.compile("dontinline,([\\w.]+)::(\\w+)\\*");

    static List<Path> dockerfiles() {
        return DeployFiles.dockerfiles();
    }

    @Test
    void jvmAndNativeHaveTheirOwnDockerfile() {
        assertThat(dockerfiles())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("Dockerfile.jvm", "Dockerfile.native");
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void imagesCopyBuildOutputsOnly(Path dockerfile) {
        List<String> sources = instructions(dockerfile, "COPY")
                .flatMap(copy -> Stream.of(copy.split("\\s+")).filter(word -> word.startsWith("target/")))
                .toList();

        assertThat(sources)
                .hasSameSizeAs(instructions(dockerfile, "COPY").toList())
                .allMatch(DeployFiles.BUILD_OUTPUTS::contains)
                .allMatch(ImageTest::isSeenByDocker);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git",
                ".env",
                "deploy/.env",
                "pom.xml",
                "src",
                ".dev/postgres",
                "target/classes",
                "target/x.jar"
            })
    void dockerIgnoresOtherFiles(String path) {
        assertThat(isSeenByDocker(path)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void imagesRunAsANumberedUserOtherThanRoot(Path dockerfile) {
        assertThat(instructions(dockerfile, "USER")).singleElement().asString().matches("[1-9]\\d*:[1-9]\\d*");
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void imagesStartTheServiceWithoutAShell(Path dockerfile) {
        assertThat(instructions(dockerfile, "ENTRYPOINT"))
                .singleElement()
                .asString()
                .startsWith("[")
                .doesNotContain("sh\"");
        assertThat(instructions(dockerfile, "CMD")).isEmpty();
    }

    /** The JVM says nothing about a command for a method that does not exist. */
    @Test
    void theCompilerIsToldOfMethodsThatExist() throws Exception {
        MatchResult command =
                NOT_INLINED.matcher(entrypointOfTheJvm()).results().findFirst().orElseThrow();

        Class<?> type = Class.forName(command.group(1), false, getClass().getClassLoader());

        assertThat(type.getDeclaredMethods())
                .filteredOn(method -> method.getName().startsWith(command.group(2)))
                .hasSizeGreaterThan(1);
    }

    @Test
    void startsAreMeasuredWithTheFlagsOfTheImage() {
        String measured = DeployFiles.text(Path.of("bench", "Startup.java"));

        List<String> flags = QUOTED_FLAG
                .matcher(entrypointOfTheJvm())
                .results()
                .map(MatchResult::group)
                .filter(flag -> !flag.contains("ExitOnOutOfMemoryError") && !flag.contains("AOTCache"))
                .toList();

        assertThat(flags).hasSizeGreaterThan(2).allMatch(measured::contains);
    }

    /** With profiles of the training run the optimizing compiler makes slower code: docs/decisions/0092-no-profiles-in-the-aot-cache.md */
    @ParameterizedTest
    @ValueSource(strings = {"src/main/docker/Dockerfile.jvm", "bench/Startup.java", "bench/compare"})
    void cacheIsTrainedWithoutProfiles(Path training) {
        assertThat(DeployFiles.text(training))
                .contains("-XX:-AOTRecordTraining")
                .contains("-XX:AOTCacheOutput=");
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void imagesNamePortAndLicence(Path dockerfile) {
        assertThat(instructions(dockerfile, "EXPOSE")).containsExactly("8080");
        assertThat(instructions(dockerfile, "LABEL"))
                .singleElement()
                .asString()
                .contains("org.opencontainers.image.licenses=\"Apache-2.0\"")
                .contains("org.opencontainers.image.title=\"Countersign\"");
        assertThat(Path.of("LICENSE")).content().contains("Apache License");
    }

    @Test
    void composeBuildsFromAnExistingDockerfile() {
        var build = DeployFiles.yaml(DeployFiles.COMPOSE).get(0).at("/services/countersign/build");
        Path context = DeployFiles.DEPLOY.resolve(build.path("context").asText());

        assertThat(context.normalize()).isEqualTo(Path.of(""));
        assertThat(context.resolve(build.path("dockerfile").asText())).isRegularFile();
    }

    private static String entrypointOfTheJvm() {
        return instructions(Path.of("src", "main", "docker", "Dockerfile.jvm"), "ENTRYPOINT")
                .findFirst()
                .orElseThrow();
    }

    /** The arguments of each instruction of this name, continued lines joined. */
    private static Stream<String> instructions(Path dockerfile, String name) {
        return DeployFiles.text(dockerfile)
                .replaceAll("\\\\\n\\s*", "")
                .lines()
                .filter(line -> line.toUpperCase(Locale.ROOT).startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1).strip());
    }

    /** As Docker reads its ignore file: the last line that matches decides. */
    private static boolean isSeenByDocker(String path) {
        boolean seen = true;
        for (String line : DeployFiles.text(Path.of(".dockerignore")).lines().toList()) {
            String pattern = line.startsWith("!") ? line.substring(1) : line;
            if (!line.isBlank() && !line.startsWith("#") && covers(pattern, Path.of(path))) {
                seen = line.startsWith("!");
            }
        }
        return seen;
    }

    /** Whether the pattern matches the path or one of its parents. */
    private static boolean covers(String pattern, Path path) {
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        return Stream.iterate(path, parent -> parent != null, Path::getParent).anyMatch(matcher::matches);
    }
}
