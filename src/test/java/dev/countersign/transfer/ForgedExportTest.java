package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Exports in Sentry's form that no Sentry writes: each is refused with the line and the member at fault, and nothing is stored. */
class ForgedExportTest {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final TransferDatabase DATABASE = new TransferDatabase(POSTGRES);

    private static final String KEY = "a".repeat(32);

    @TempDir
    Path folder;

    /** An object that is forged, in line 3, and the fault without the place. */
    static Stream<Arguments> objects() {
        return Stream.of(
                object("projectkey", """
                        "project": 2, "label": "a\\u0000b", "public_key": "%s"\
                        """.formatted(KEY), "label holds a NUL character"),
                object("projectkey", """
                        "project": 2, "label": "a\\ud800b", "public_key": "%s"\
                        """.formatted(KEY), "label holds half of a surrogate pair"),
                object("projectkey", """
                        "project": 9223372036854775808, "public_key": "%s"\
                        """.formatted(KEY), "project is no id"),
                object("projectkey", """
                        "project": -2, "public_key": "%s"\
                        """.formatted(KEY), "project is no id"),
                object("projectkey", """
                        "project": 2.0, "public_key": "%s"\
                        """.formatted(KEY), "project is no id"),
                object("projectkey", """
                        "project": 2, "public_key": "%s", "rate_limit_window": 60, "rate_limit_count": -1\
                        """.formatted(KEY), "rate_limit_count is negative"),
                object("projectkey", """
                        "project": 2, "public_key": "%s", "rate_limit_window": 60, "rate_limit_count": 2147483648\
                        """.formatted(KEY), "rate_limit_count is not a whole number"),
                object("projectkey", """
                        "project": 2, "public_key": "%s", "date_added": "+999999999-01-01T00:00:00Z"\
                        """.formatted(KEY), "date_added is no time"),
                object("projectkey", """
                        "project": 2, "public_key": "%s", "data": {"countersign": {"dateExpires": "-0044-03-15T00:00:00Z"}}\
                        """.formatted(KEY), "dateExpires is no time"),
                object("projectkey", """
                        "project": 2, "public_key": "%s", "data": {"countersign": {"replacedBy": "a\\u0000"}}\
                        """.formatted(KEY), "replacedBy is not 32 hexadecimal digits"),
                option("countersign:defaultRateLimit", """
                        {"window": 0, "count": 5}""", "countersign:defaultRateLimit is no rate limit"),
                option("countersign:defaultRateLimit", """
                        {"window": 86401, "count": 5}""", "countersign:defaultRateLimit is no rate limit"),
                option("countersign:defaultRateLimit", """
                        {"window": 60, "count": -5}""", "countersign:defaultRateLimit is no rate limit"),
                option("countersign:defaultRateLimit", """
                        {"window": "60", "count": 5.5}""", "countersign:defaultRateLimit is no rate limit"),
                option("countersign:defaultRateLimit", "7", "countersign:defaultRateLimit is no rate limit"),
                option("countersign:ingest", "\"Inside\\n\"", "countersign:ingest is no name of an ingest host"),
                option("countersign:settings", "[]", "countersign:settings is no object"),
                option("countersign:settings", """
                        {"options": 5}""", "countersign:settings: options is no object"),
                option("countersign:settings", """
                        {"allowedDomains": [5]}""", "countersign:settings: allowedDomains has another form"),
                option("countersign:settings", """
                        {"resolveAge": 1e999999999}""", "countersign:settings: resolveAge has another form"),
                option("countersign:settings", """
                        {"slug": "other"}""", "countersign:settings: slug is no setting"),
                option("countersign:settings", """
                        {"subjectPrefix": "a\\u0000"}""", "countersign:settings holds a NUL character"),
                option("countersign:settings", """
                        {"highlightContext": {"a": ["\\udc00"]}}""", "countersign:settings holds half of a surrogate pair"),
                option("countersign:settings", """
                        {"highlightContext": {"a": 1e999999999}}""", "countersign:settings holds a number that is too long"));
    }

    private static Arguments object(String model, String fields, String fault) {
        return arguments(
                "{\"model\": \"sentry." + model + "\", \"pk\": 8, \"fields\": {" + fields + "}}",
                "sentry." + model + " 8: " + fault);
    }

    private static Arguments option(String key, String value, String fault) {
        return object("projectoption", """
                "project": 2, "key": "%s", "value": %s""".formatted(key, value), "value of " + fault);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("objects")
    void forgedMemberIsNamed(String object, String fault) throws Exception {
        CommandRun refused = importing(object);

        assertThat(refused.err().lines())
                .containsExactly(
                        folder.resolve("file.json") + ":3: " + fault,
                        "Nothing was imported: 1 faults in " + folder.resolve("file.json"));
        refused(refused);
    }

    /** Texts that are no list of objects, of which no more is read than the first fault. */
    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("""
                        {"model": "sentry.user", "pk": 8, "fields": %s1%s}\
                        """.formatted("[".repeat(10_000), "]".repeat(10_000)), "Document nesting depth"),
                arguments("""
                        {"model": "sentry.projectkey", "pk": 8, "fields": %s1%s}\
                        """.formatted("[".repeat(10_000), "]".repeat(10_000)), "Document nesting depth"),
                arguments("""
                        {"model": "sentry.projectkey", "pk": 8, "fields": {"project": 2, "project": 3}}\
                        """, "Duplicate field 'project'"),
                arguments("""
                        {"model": "sentry.projectkey", "pk": 8, "pk": 9, "fields": {"project": 2}}\
                        """, "the object has pk twice"),
                arguments("""
                        {"model": "sentry.projectkey", "pk": %s, "fields": {}}\
                        """.formatted("9".repeat(5_000)), "Number value length (5000)"),
                arguments("7", "the list holds something else than objects"),
                arguments("""
                        {"pk": 8, "fields": {}}""", "the object has no model"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("texts")
    void lineOfAForgedTextIsNamed(String text, String fault) throws Exception {
        CommandRun refused = importing(text);

        assertThat(refused.err()).startsWith(folder.resolve("file.json") + ": Line 3: " + fault);
        refused(refused);
    }

    @Test
    void textAfterTheListIsRefused() throws Exception {
        CommandRun refused = DATABASE.importing(folder, """
                []
                []""");

        assertThat(refused.err().strip())
                .isEqualTo(folder.resolve("file.json") + ": Line 2: the list has ended before");
        refused(refused);
    }

    /** Lines of a list whose objects fault each other. */
    static Stream<Arguments> together() {
        return Stream.of(
                arguments(
                        option("sentry:origins", "[]", "").get()[0] + ",\n"
                                + option("sentry:origins", "[]", "").get()[0],
                        "option allowedDomains of project id 2 stands twice in the file"),
                arguments(
                        option("countersign:ingest", "\"a\"", "").get()[0] + ",\n"
                                + option("countersign:ingest", "\"b\"", "").get()[0],
                        "option ingest of project id 2 stands twice in the file"),
                arguments("""
                        {"model": "sentry.projectoption", "pk": 8, "fields": {"project": 7, "key": "sentry:origins", "value": []}}\
                        """, "an option refers to the project id 7, which the file does not have"),
                arguments("""
                        {"model": "sentry.organizationoption", "pk": 8,
                         "fields": {"organization": 7, "key": "countersign:ingest", "value": "inside"}}\
                        """, "an option refers to the organization id 7, which the file does not have"),
                arguments("""
                        {"model": "sentry.projectkey", "pk": 8, "fields": {"project": 2, "public_key": "%1$s",
                         "data": {"countersign": {"replacedBy": "%1$s"}}}}\
                        """.formatted(KEY), "client key " + KEY + " was replaced by itself"),
                arguments(
                        """
                        {"model": "sentry.project", "pk": 3, "fields": {"slug": "app", "organization": 1}},
                        {"model": "sentry.projectkey", "pk": 8, "fields": {"project": 2, "public_key": "%s",
                         "data": {"countersign": {"replacedBy": "%s"}}}},
                        {"model": "sentry.projectkey", "pk": 9, "fields": {"project": 3, "public_key": "%2$s"}}\
                        """.formatted(KEY, "b".repeat(32)),
                        "client key " + KEY + " was replaced by a key of another project"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("together")
    void objectsThatFaultEachOtherAreNamed(String objects, String fault) throws Exception {
        CommandRun refused = importing(objects);

        assertThat(refused.err().lines())
                .containsExactly(fault, "Nothing was imported: 1 faults in " + folder.resolve("file.json"));
        refused(refused);
    }

    /** Names of kinds come from the file, and have neither an end nor a number. */
    @Test
    void unknownKindsArePrintedShortAndWithoutControlCharacters() throws Exception {
        CommandRun run = importing("""
                {"model": "sentry.\\u001b[2J%s", "pk": 1, "fields": {}}""".formatted("x".repeat(1_000_000)));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("not taken: 1 sentry.?[2Jxx").doesNotContain("\u001b");
        assertThat(run.out().length()).isLessThan(400);
    }

    @Test
    void dataThatIsNoJsonIsLeftOutWithAWarning() throws Exception {
        CommandRun run = importing("""
                {"model": "sentry.projectkey", "pk": 8, "fields": {"project": 2, "public_key": "%s", "data": "gAJ9cQEu"}}\
                """.formatted(KEY));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err().strip())
                .isEqualTo("WARN: client key " + KEY + ": the value of data cannot be read and is left out.");
    }

    private CommandRun importing(String objects) throws Exception {
        return DATABASE.importing(folder, """
                [{"model": "sentry.organization", "pk": 1, "fields": {"slug": "acme", "name": "Acme"}},
                 {"model": "sentry.project", "pk": 2, "fields": {"slug": "web", "name": "Web", "organization": 1}},
                %s]""".formatted(objects));
    }

    private static void refused(CommandRun run) throws Exception {
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(POSTGRES.single("select count(*) from organization")).isEqualTo("0");
    }
}
