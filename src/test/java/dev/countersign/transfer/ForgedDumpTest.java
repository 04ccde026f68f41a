package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Dumps of GlitchTip that no GlitchTip writes: each is refused with the line at fault, and nothing is stored. */
class ForgedDumpTest {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final TransferDatabase DATABASE = new TransferDatabase(POSTGRES);

    private static final String KEY = "a".repeat(32);

    @TempDir
    Path folder;

    /** A row of client keys, in line 8, and what follows the line in the fault. */
    static Stream<Arguments> rows() {
        return Stream.of(
                arguments("1\t2\tNUL \0\t" + KEY, ":8: projects.projectkey 1: name holds a NUL character"),
                arguments("1\t9223372036854775808\tKey\t" + KEY, ":8: projects.projectkey 1: project is no id"),
                arguments("-1\t2\tKey\t" + KEY, ":8: projects.projectkey -1: id is no id"),
                arguments("1\t2\tKey", ": Line 8: the row has 3 columns, not 4"),
                arguments(
                        "1\t2\t" + "x".repeat(5_000_000) + "\t" + KEY,
                        ": Line 8: the row is longer than 4194304 characters"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("rows")
    void lineOfAForgedRowIsNamed(String row, String fault) throws Exception {
        refused(importing(dump("id, project_id, name, public_key", row), StandardCharsets.UTF_8), fault);
    }

    @Test
    void keyThatStandsTwiceIsRefused() throws Exception {
        CommandRun refused = importing(
                dump("id, project_id, name, public_key", "1\t2\tA\t" + KEY + "\n1\t2\tB\t" + KEY),
                StandardCharsets.UTF_8);

        assertThat(refused.err().lines())
                .containsExactly(
                        "client key " + KEY + " stands twice in the file",
                        "client key id 1 stands twice in the file",
                        "Nothing was imported: 2 faults in " + folder.resolve("dump.sql"));
    }

    @Test
    void columnThatStandsTwiceIsRefused() throws Exception {
        refused(
                importing(dump("id, project_id, public_key, public_key", "1\t2\ta\tb"), StandardCharsets.UTF_8),
                ": Line 7: the table has a column twice");
    }

    @Test
    void dumpThatEndsWithinATableIsRefused() throws Exception {
        String whole = dump("id, project_id, name, public_key", "1\t2\tKey\t" + KEY);

        refused(
                importing(whole.substring(0, whole.lastIndexOf("\\.")), StandardCharsets.UTF_8),
                ": The dump ends within the table projects_projectkey");
    }

    @Test
    void dumpInAnotherEncodingIsRefused() throws Exception {
        String dump = dump("id, project_id, name, public_key", "1\t2\tSchlüssel\t" + KEY);

        refused(
                importing("SET client_encoding = 'LATIN1';\n" + dump, StandardCharsets.ISO_8859_1),
                ": The text is not in UTF-8, in or after line 1");
        refused(
                importing("SET client_encoding = 'LATIN1';\n" + dump, StandardCharsets.UTF_8),
                ": Line 1: the dump is not in UTF-8; make it with --encoding=UTF8");
        assertThat(importing("SET client_encoding = 'UTF8';\n" + dump, StandardCharsets.UTF_8)
                        .status())
                .isZero();
    }

    /** Events of GlitchTip may have any length. */
    @Test
    void longRowOfAnotherTableIsPassedOver() throws Exception {
        String dump = dump("id, project_id, name, public_key", "1\t2\tKey\t" + KEY);

        CommandRun run = importing(
                "--\nCOPY public.issue_events (data) FROM stdin;\n" + "x".repeat(9_000_000) + "\n\\.\n" + dump,
                StandardCharsets.UTF_8);

        assertThat(run.status()).as(run.err()).isZero();
    }

    @Test
    void linkToAFractionOfAProjectIsRefused() throws Exception {
        CommandRun refused = DATABASE.importing(folder, """
                [{"model": "organizations_ext.organization", "pk": 1, "fields": {"slug": "acme", "name": "Acme"}},
                 {"model": "projects.project", "pk": 2, "fields": {"slug": "web", "name": "Web", "organization": 1}},
                 {"model": "teams.team", "pk": 5, "fields": {"slug": "core", "organization": 1, "projects": [2.7]}}]""");

        assertThat(refused.err()).startsWith(folder.resolve("file.json") + ":3: teams.team 5: projects is no id");
        assertThat(refused.status()).isEqualTo(2);
    }

    private static String dump(String columns, String rows) {
        return """
                COPY public.organizations_ext_organization (id, slug, name) FROM stdin;
                1	acme	Acme
                \\.
                COPY public.projects_project (id, slug, name, organization_id) FROM stdin;
                2	web	Web	1
                \\.
                COPY public.projects_projectkey (%s) FROM stdin;
                %s
                \\.
                """.formatted(columns, rows);
    }

    private CommandRun importing(String dump, Charset encoding) throws Exception {
        Path file = Files.writeString(folder.resolve("dump.sql"), dump, encoding);
        return DATABASE.run("import", file.toString());
    }

    private void refused(CommandRun run, String fault) throws Exception {
        assertThat(run.err()).startsWith(folder.resolve("dump.sql") + fault);
        assertThat(run.status()).isEqualTo(2);
        assertThat(POSTGRES.single("select count(*) from organization")).isEqualTo("0");
    }
}
