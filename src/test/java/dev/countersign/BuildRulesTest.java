package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/** Rules for the build: the same commit gives the same result on every machine and after every other build. */
class BuildRulesTest {

    /** The beginning of a text. */
    private static final Pattern OUTSIDE = Pattern.compile("(?<!\\\\)\"\\.\\./");

    private static final Pattern SHARED = Pattern.compile("@ExtendWith[(](?:Replicas|GatedStore)[.]class[)]");

    /** What runs a program that a machine with a JDK may lack. */
    private static final Pattern TOOL =
            Pattern.compile("BrowserScript[.]of|Gateway[.](?:nginx|caddy|envoy)[(]|App[.]NODE|OidcProvider[.]start"
                    + "|RELAY_PYTHON|programs[.]resolve");

    private static final Pattern CONNECTION = Pattern.compile("HttpClient[.]new|new Socket[(]");

    /** Dev mode copies each resource folder completely, and the next build packages the copy. */
    @Test
    void everyResourceFolderIsPackagedCompletely() throws Exception {
        NodeList folders = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                        "/project/build/resources/resource",
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse("pom.xml"),
                        XPathConstants.NODESET);

        assertThat(folders.getLength()).isPositive();
        assertThat(IntStream.range(0, folders.getLength())
                        .mapToObj(i -> folders.item(i).getTextContent().strip()))
                .allMatch(
                        folder -> folder.matches("\\S+(?:\\s+true)?"), "a folder, perhaps filtered, and nothing else");
    }

    /** Both would take longer than all else that dev mode does before it starts the service. */
    @Test
    void devModeNeitherFormatsCodeNorCompilesTests() throws Exception {
        String plugin = "/project/build/plugins/plugin[artifactId='%s']/";
        String skipped = pom(plugin.formatted("quarkus-maven-plugin") + "configuration/skipPlugins");
        String phase =
                pom(plugin.formatted("maven-compiler-plugin") + "executions/execution[id='default-testCompile']/phase");

        assertThat(skipped).contains("com.diffplug.spotless:spotless-maven-plugin");
        assertThat(phase).as("the first phase after those of dev mode").isEqualTo("process-test-classes");
    }

    /** Each start of a slim build would warn of a setting of an extension that the build leaves out. */
    @Test
    void settingsOfExtensionsThatASlimBuildLeavesOutStandApart() throws Exception {
        String leftOut = "(?m)^(?:%[a-z,]+\\.)?quarkus\\.(?:micrometer|otel|log\\.[a-z]+\\.json)\\.";

        assertThat(pom("/project/profiles/profile[id='slim']/properties/observation"))
                .isEqualTo("no-observation");
        assertThat(text(Path.of("src/main/resources/application.properties"))).doesNotContainPattern(leftOut);
        assertThat(text(Path.of("src/main/observation/META-INF/microprofile-config.properties")))
                .containsPattern(leftOut);
    }

    @Test
    void testsReadNoFileOutsideTheRepository() throws IOException {
        assertThat(testSources())
                .filteredOn(file -> OUTSIDE.matcher(text(file)).find())
                .isEmpty();
    }

    /** Tests send ordinary requests through Api or Client, and raw bytes through RawHttp. */
    @Test
    void onlyTestsupportOpensHttpConnections() throws IOException {
        assertThat(testSources())
                .filteredOn(file -> CONNECTION.matcher(text(file)).find())
                .filteredOn(file -> !file.toString().contains("testsupport"))
                .extracting(file -> file.getFileName().toString())
                .as("ProtocolTest is about the client of Java")
                .containsExactly("ProtocolTest.java");
    }

    /** Without the tag the build runs each class by itself, and each class starts the services for itself. */
    @Test
    void classesThatShareServicesAreTagged() throws IOException {
        assertThat(testSources())
                .filteredOn(file -> SHARED.matcher(text(file)).find())
                .isNotEmpty()
                .allMatch(file -> text(file).contains("@Tag(\"shared\")"));
    }

    /** verify leaves those to a round of their own. */
    @Test
    void packagedTestsThatNeedAToolAreTagged() throws IOException {
        assertThat(testSources())
                .filteredOn(file -> file.toString().endsWith("IT.java"))
                .filteredOn(file -> TOOL.matcher(text(file)).find())
                .hasSizeGreaterThan(10)
                .allMatch(file -> text(file).contains("@Tag(\"tools\")"));
    }

    /** The build begins the longest classes first, so that no process is left with one of them at the end. */
    @Test
    void suitesOfPackagedTestsAreTheFirstInTheOrderOfNames() throws Exception {
        Path root = Path.of("src", "test", "java");

        assertThat(pom("/project/build/plugins/plugin[artifactId='maven-failsafe-plugin']/configuration/runOrder"))
                .isEqualTo("alphabetical");
        assertThat(testSources().stream()
                        .map(file -> root.relativize(file).toString())
                        .filter(name -> name.endsWith("IT.java"))
                        .sorted())
                .startsWith("dev/countersign/PackagedSuiteIT.java", "dev/countersign/SharedSuiteIT.java");
    }

    private static List<Path> testSources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty();
            return sources;
        }
    }

    private static String pom(String path) throws Exception {
        return XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                        path,
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse("pom.xml"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
