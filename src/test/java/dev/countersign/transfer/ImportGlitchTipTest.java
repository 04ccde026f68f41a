package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an import takes of GlitchTip: what {@code dumpdata} writes, and a dump of its database. */
class ImportGlitchTipTest {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final TransferDatabase DATABASE = new TransferDatabase(POSTGRES);

    @ParameterizedTest
    @ValueSource(strings = {"glitchtip.json", "glitchtip.sql"})
    void keysKeepTheirHalfNameAndState(String file) throws SQLException {
        DATABASE.imported(TransferDatabase.resource(file));

        assertThat(DATABASE.rows(
                        "id, project_id, public_key, label, active, coalesce(rate_limit_count || '', '-'),"
                                + " browser_sdk_version",
                        "project_key order by id"))
                .containsExactly(
                        "1|1|5a0ca1e04a5b4c9c9a4f0b6a9d1e2f30|5a0ca1e04a5b4c9c9a4f0b6a9d1e2f30|t|10|10.x",
                        "2|1|6b1db2f15b6c4dad8b5f1c7bae2f3041|Old app|f|-|10.x",
                        "3|2|7c2ec3a26c7d4ebe9c6a2d8cbf3a4152|Before 2024|t|-|10.x");
        assertThat(POSTGRES.texts("select secret_key from project_key"))
                .doesNotHaveDuplicates()
                .allSatisfy(secret -> assertThat(secret).matches("[0-9a-f]{32}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"glitchtip.json", "glitchtip.sql"})
    void organizationsTeamsAndProjectsKeepTheirIds(String file) throws SQLException {
        CommandRun run = DATABASE.imported(TransferDatabase.resource(file));

        assertThat(DATABASE.rows("id, slug, date_added at time zone 'UTC'", "organization"))
                .containsExactly("1|glitch_inc|2023-01-02 03:04:05.678");
        assertThat(DATABASE.rows("id, slug, name, coalesce(platform, '-'), settings", "project order by id"))
                .containsExactly("""
                        1|shop|Shop|python-django|{"scrubIPAddresses":true}""", "2|cart|Cart|-|{}");
        assertThat(DATABASE.rows("project_id, team_id", "project_team order by 1"))
                .containsExactly("1|1", "2|1");
        assertThat(run.out())
                .contains(
                        "organization glitch_inc: 1 teams, 2 projects, 0 redirects, 3 client keys",
                        "not taken: 1 projects that are being deleted");
    }

    /** Some programs put the mark before a text in UTF-8. */
    @ParameterizedTest
    @ValueSource(strings = {"glitchtip.json", "glitchtip.sql"})
    void byteOrderMarkIsPassedOver(String file, @TempDir Path folder) throws Exception {
        String marked = "\uFEFF"
                + Files.readString(Path.of(TransferDatabase.resource(file))).replace("\n", "\r\n");

        DATABASE.imported(Files.writeString(folder.resolve(file), marked).toString());

        assertThat(POSTGRES.single("select count(*) from project_key")).isEqualTo("3");
    }

    /** Such as {@code countersign import <(gunzip -c dump.gz)}. */
    @Test
    void pipeIsReadOnce(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process writer = new ProcessBuilder(
                        "sh", "-c", "cat '%s' > '%s'".formatted(TransferDatabase.resource("glitchtip.sql"), pipe))
                .start();
        try {
            DATABASE.imported(pipe.toString());
        } finally {
            writer.destroy();
        }

        assertThat(POSTGRES.single("select count(*) from project_key")).isEqualTo("3");
    }

    @Test
    void whatIsNoFileIsRefused(@TempDir Path folder) throws Exception {
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));

        assertThat(DATABASE.run("import", folder.toString()))
                .isEqualTo(new CommandRun(2, "", folder + " is a directory" + System.lineSeparator()));
        assertThat(DATABASE.run("import", loop.toString()).status()).isEqualTo(2);
    }

    @Test
    void longNamesAndSlugsFit(@TempDir Path folder) throws Exception {
        String slug = "a".repeat(200);
        CommandRun run = DATABASE.importing(folder, """
                [{"model": "organizations_ext.organization", "pk": 1, "fields": {"name": "%1$s", "slug": "%1$s"}},
                 {"model": "teams.team", "pk": 1, "fields": {"slug": "%1$s", "organization": 1, "projects": [1]}},
                 {"model": "projects.project", "pk": 1, "fields": {"slug": "%1$s", "name": "%1$s", "organization": 1}},
                 {"model": "projects.projectkey", "pk": 1, "fields": {"project": 1, "name": "%1$s",
                   "public_key": "5a0ca1e0-4a5b-4c9c-9a4f-0b6a9d1e2f30"}}]""".formatted(slug));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(POSTGRES.single("select slug from project")).isEqualTo(slug);
        // The audit log names both slugs of a link, and remembers the name of a removed key.
        POSTGRES.execute("delete from project_team");
        POSTGRES.execute("delete from project_key");
        assertThat(POSTGRES.single("select length(target) from audit_log where event = 'project-team.remove'"))
                .isEqualTo("412");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    PGDMP\1        | The dump is not in plain form; make a text of it: pg_restore -f - FILE
                    {"a": 1}       | The file is neither a JSON list nor a plain dump of PostgreSQL
                    ÿþ[            | The file is in UTF-16; save it in UTF-8 first
                    hello          | The file is neither a JSON list nor a plain dump of PostgreSQL
                    [{"model":     | Line 1: Unexpected end-of-input within/between Object entries
                    [1]            | Line 1: the list holds something else than objects
                    -- dump        | The dump has no table of GlitchTip's client keys
                    """)
    void otherFilesAreRefused(String content, String fault, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("dump"), content, StandardCharsets.ISO_8859_1);

        CommandRun refused = DATABASE.run("import", file.toString());

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err().strip()).isEqualTo(file + ": " + fault);
    }

    @Test
    void dumpWithInsertsIsRefused(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("dump"), """
                --
                INSERT INTO public.projects_project VALUES (1, 'shop');
                """);

        assertThat(DATABASE.run("import", file.toString()).err().strip())
                .isEqualTo(file + ": Line 2: the dump holds rows as INSERT statements; make it without --inserts");
    }

    @Test
    void fileOfAnotherProgramThanNamedIsRefused() {
        CommandRun refused = DATABASE.run("import", "--from", "sentry", TransferDatabase.resource("glitchtip.json"));

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("projects.project is not of the program that --from names");
    }

    @Test
    void missingFileIsRefused() {
        CommandRun refused = DATABASE.run("import", "no-such-file.json");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err().strip()).isEqualTo("There is no file no-such-file.json");
    }
}
