package dev.countersign.declaration.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files, directories and the standard input are read as YAML 1.2 or JSON, within limits. */
class DocumentFilesTest {

    @TempDir
    Path folder;

    private final Faults faults = new Faults();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no            | "no"
            on            | "on"
            ~             | null
            Null          | null
            True          | true
            2026-11-26    | "2026-11-26"
            1_000         | "1_000"
            0o17          | 15
            0x1F          | 31
            017           | 17
            1.50          | 1.50
            "1"           | "1"
            '*'           | "*"
            """)
    void scalarsAreThoseOfTheCoreSchema(String yaml, String json) throws IOException {
        assertThat(only("a: " + yaml).get("a").toString()).isEqualTo(json);
    }

    @Test
    void anchorsAndAliasesAreRead() throws IOException {
        JsonNode document = only("""
                limit: &limit {window: 60, count: 1}
                copies: [*limit, *limit]
                """);

        assertThat(document.get("copies")).hasSize(2).allSatisfy(copy -> assertThat(copy)
                .isEqualTo(document.get("limit")));
    }

    @Test
    void severalDocumentsOfAFileAreReadWithTheirLines() {
        List<Document> documents = read("""
                # first
                a: 1
                ---
                ---
                b:
                  - 2
                """);

        assertThat(faults.list()).isEmpty();
        assertThat(documents).hasSize(2);
        assertThat(documents.get(1).content().member("b").items().get(0).place())
                .isEqualTo(new Place("-", 6, "b[0]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a: [1                  | 1 | This is not YAML
            a: !!str 1             | 1 | Tags are not accepted.
            <<: {a: 1}             | 1 | Merge keys are not part of YAML 1.2.
            a: *nothing            | 1 | The alias names no anchor that ends before it.
            a: &a [*a]             | 1 | The alias names no anchor that ends before it.
            {a: 1, a: 2}           | 1 | The member a is also on line 1.
            {[1]: 2}               | 1 | The name of a member must be a text.
            a: .inf                | 1 | Infinity and not-a-number are no values.
            `# nothing`            | 1 | There is no document.
            """)
    void badYamlIsRefusedWithItsLine(String yaml, int line, String sentence) {
        assertThat(read(yaml)).isEmpty();
        assertThat(faults.list()).singleElement().satisfies(fault -> {
            assertThat(fault.place().line()).isEqualTo(line);
            assertThat(fault.sentence()).startsWith(sentence);
        });
    }

    @Test
    void faultsOfTheSyntaxRepeatNoText() {
        read("a: 'secret\nb: secret: secret");

        assertThat(faults.list()).singleElement().asString().doesNotContain("secret");
    }

    @Test
    void valuesOfAliasesAreCountedEachTime() {
        StringBuilder bomb = new StringBuilder("l0: &l0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
        for (int level = 1; level <= 8; level++) {
            bomb.append("l%d: &l%d [%s]\n"
                    .formatted(level, level, "*l%d, ".formatted(level - 1).repeat(10)));
        }

        read(bomb.toString());

        assertThat(faults.list()).singleElement().asString().contains("at most 1000000 values");
    }

    @ParameterizedTest
    @CsvSource({"32, true", "33, false", "500000, false"})
    void levelsAreLimited(int levels, boolean accepted) {
        read("[".repeat(levels - 1) + "1" + "]".repeat(levels - 1));

        assertThat(faults.isEmpty()).isEqualTo(accepted);
    }

    @Test
    void largeFilesAreRefused() {
        read("a: " + "x".repeat(10 * 1024 * 1024));

        assertThat(faults.list()).singleElement().asString().contains("at most 10485760 bytes");
    }

    @Test
    void otherEncodingsAreRefused() {
        DocumentFiles.read("-", new ByteArrayInputStream(new byte[] {'a', ':', ' ', (byte) 0xFF}), faults);

        assertThat(faults.list()).singleElement().hasToString("-:1: document: The file is not UTF-8.");
    }

    @Test
    void jsonIsReadWithTabsAndEscapes() throws IOException {
        String json = "{\n\t\"a\": \"\\/\\ud83d\\ude00\",\n\t\"b\": [1e2, null]\n}";

        assertThat(only(json))
                .hasToString(new ObjectMapper()
                        .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .readTree(json)
                        .toString());
    }

    /** Such as a public key of digits around an {@code e}. */
    @Test
    void numberBeyondTheLimitsIsATextInYamlAndRefusedInJson() throws IOException {
        Path json = Files.writeString(folder.resolve("a.json"), "{\"a\": 1e401}");

        assertThat(only("a: 1e401").get("a").isTextual()).isTrue();
        DocumentFiles.read(json.toString(), InputStream.nullInputStream(), faults);
        assertThat(faults.list())
                .singleElement()
                .asString()
                .endsWith("A number may have at most 100 digits, and an exponent of at most 400.");
    }

    @Test
    void directoryStandsForItsFilesInOrder() throws IOException {
        Files.writeString(folder.resolve("b.yaml"), "b: 1");
        Files.writeString(folder.resolve("a.json"), "{\"a\": 1}");
        Files.writeString(folder.resolve("c.yml"), "c: 1");
        Files.writeString(folder.resolve(".hidden.yaml"), "d: 1");
        Files.writeString(folder.resolve("notes.txt"), "e: 1");
        Files.createDirectory(folder.resolve("sub.yaml"));
        Path mounted = Files.createDirectory(folder.resolve("..data"));
        Files.writeString(mounted.resolve("d.yaml"), "d: 1");
        Files.createSymbolicLink(folder.resolve("d.yaml"), Path.of("..data/d.yaml"));

        List<Document> documents = DocumentFiles.read(folder.toString(), InputStream.nullInputStream(), faults);

        assertThat(faults.list()).isEmpty();
        assertThat(documents).extracting(Document::fileName).containsExactly("a.json", "b.yaml", "c.yml", "d.yaml");
    }

    @Test
    void missingFilesAndEmptyDirectoriesAreFaults() {
        DocumentFiles.read(folder.resolve("none.yaml").toString(), InputStream.nullInputStream(), faults);
        DocumentFiles.read(folder.toString(), InputStream.nullInputStream(), new Faults());

        assertThat(faults.list()).singleElement().asString().endsWith("The file cannot be read.");
    }

    @Test
    void pipeInADirectoryIsAFault() throws Exception {
        String pipe = folder.resolve("pipe.yaml").toString();
        assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
        String loop = Files.createSymbolicLink(folder.resolve("loop.yaml"), folder.resolve("loop.yaml"))
                .toString();

        DocumentFiles.read(folder.toString(), InputStream.nullInputStream(), faults);

        assertThat(faults.list())
                .map(Fault::toString)
                .containsExactly(
                        loop + ":1: document: The file cannot be read.",
                        pipe + ":1: document: The file cannot be read.");
    }

    /** Windows editors write a mark, and end lines with two characters. */
    @Test
    void byteOrderMarkAndCarriageReturnsAreNoText() throws IOException {
        assertThat(only("\uFEFFa: 1\r\nb:\r\n  - text\r\n")).hasToString("{\"a\":1,\"b\":[\"text\"]}");
    }

    @Test
    void tabIsNoIndentation() {
        read("a:\n\tb: 1");

        assertThat(faults.list()).singleElement().asString().startsWith("-:2: document: This is not YAML: ");
    }

    /** Each level is an alias of the one before, so that no text is deep. */
    @ParameterizedTest
    @CsvSource({"29, true", "64, false"})
    void levelsOfAliasesAreLimited(int levels, boolean accepted) {
        StringBuilder text = new StringBuilder("l0: &l0 [1]\n");
        for (int level = 1; level <= levels; level++) {
            text.append("l%d: &l%d [*l%d]\n".formatted(level, level, level - 1));
        }

        read(text.toString());

        assertThat(faults.isEmpty()).isEqualTo(accepted);
    }

    private JsonNode only(String text) {
        List<Document> documents = read(text);
        assertThat(faults.list()).isEmpty();
        return documents.get(0).content().value().json();
    }

    private List<Document> read(String text) {
        return DocumentFiles.read("-", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), faults);
    }
}
