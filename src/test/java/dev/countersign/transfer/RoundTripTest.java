package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported and imported again is the same, byte for byte. */
class RoundTripTest {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final TransferDatabase DATABASE = new TransferDatabase(POSTGRES);

    static final List<String> TABLES =
            List.of("organization", "team", "project", "project_team", "project_redirect", "project_key");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void rowsAreTheSame(long seed, @TempDir Path folder) throws Exception {
        GeneratedOrganizations.store(POSTGRES, new Random(seed));
        List<String> before = rows();
        CommandRun export = DATABASE.run("export", "--with-secrets");
        Path file = Files.writeString(folder.resolve("export.json"), export.out());
        POSTGRES.execute("truncate organization restart identity cascade");

        DATABASE.imported(file.toString(), "--from", "countersign");

        assertThat(rows()).isEqualTo(before);
        assertThat(DATABASE.run("export", "--with-secrets").out()).isEqualTo(export.out());
        assertThat(export.status()).isZero();
        assertThat(export.err()).isEmpty();
    }

    @Test
    void secretsAreExportedOnlyOnDemand() throws Exception {
        GeneratedOrganizations.store(POSTGRES, new Random(5));

        String export = DATABASE.run("export").out();

        assertThat(export).contains("\"secret_key\" : null").doesNotContain("s3cret");
        for (String secret : POSTGRES.texts("select secret_key from project_key")) {
            assertThat(export).doesNotContain(secret);
        }
        assertThat(DATABASE.run("export", "--with-secrets").out())
                .contains(POSTGRES.single("select min(secret_key) from project_key"), "s3cret");
    }

    @Test
    void oneOrganizationCanBeExported() throws Exception {
        GeneratedOrganizations.store(POSTGRES, new Random(6));

        CommandRun run = DATABASE.run("export", "--organization", "org-1");

        assertThat(run.out()).contains("\"slug\" : \"org-1\"").doesNotContain("org-2");
        POSTGRES.execute("delete from organization where slug <> 'org-1'");
        assertThat(DATABASE.run("export").out()).isEqualTo(run.out());
    }

    /** The database fails after the organizations, teams and projects were printed. */
    @Test
    void exportThatFailsIsNoExport(@TempDir Path folder) throws Exception {
        GeneratedOrganizations.store(POSTGRES, new Random(7));
        POSTGRES.execute("alter table project_key rename to moved_away");
        CommandRun failed;
        try {
            failed = DATABASE.run("export");
        } finally {
            POSTGRES.execute("alter table moved_away rename to project_key");
        }

        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err()).startsWith("The database failed: ").hasLineCount(1);
        Path part = Files.writeString(folder.resolve("export.json"), failed.out());
        POSTGRES.execute("truncate organization restart identity cascade");
        DATABASE.assertRefused(
                DATABASE.run("import", part.toString()),
                part + ": Line " + failed.out().lines().count()
                        + ": Unexpected end-of-input: expected close marker for Array");
    }

    @Test
    void unknownOrganizationIsRefusedBeforeAnythingIsPrinted() {
        CommandRun refused = DATABASE.run("export", "--organization", "org-1");

        assertThat(refused).isEqualTo(new CommandRun(2, "", "There is no organization org-1" + System.lineSeparator()));
    }

    /** All columns of all rows but the author. {@link ExportedColumnsTest} names the columns that are not exported. */
    private static List<String> rows() throws SQLException {
        return POSTGRES.texts(String.join(
                " union all ",
                TABLES.stream()
                        .map(table -> "(select '" + table + " ' || (to_jsonb(t) - 'changed_by')::text from " + table
                                + " t order by 1)")
                        .toList()));
    }
}
