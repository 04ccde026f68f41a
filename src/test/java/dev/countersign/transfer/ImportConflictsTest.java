package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an import refuses, in whole lists and before it writes, and what it leaves out when told to. */
class ImportConflictsTest {

    private static final String FILE = TransferDatabase.resource("sentry.json");

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final TransferDatabase DATABASE = new TransferDatabase(POSTGRES);

    /** Another organization that has the id of acme, the slug of umbra, and an id and two keys of the file. */
    private static void storeOthers() throws SQLException {
        POSTGRES.execute("""
                insert into organization (id, slug, name, date_added, changed_by) values
                    (1, 'first', 'First', now(), 'x'), (9, 'umbra', 'Other', now(), 'x');
                insert into team (id, organization_id, slug, name, date_added, changed_by)
                    values (5, 1, 'five', 'Five', now(), 'x');
                insert into project (id, organization_id, slug, name, date_added, changed_by)
                    values (12, 1, 'twelve', 'Twelve', now(), 'x'), (90, 9, 'ninety', 'Ninety', now(), 'x');
                insert into project_key (id, organization_id, project_id, label, public_key, secret_key, active,
                    browser_sdk_version, has_replay, has_performance, has_debug, has_feedback, has_logs_and_metrics,
                    use_case, date_added, changed_by)
                select 100 + n, 9, 90, 'Key', repeat(p, 32), repeat(s, 32), true, '10.x', true, true, false, false, false,
                    'user', now(), 'x' from (values (1, 'a', '9'), (3, '0', 'd')) as k (n, p, s)""");
    }

    @Test
    void allConflictsAreListedAndNothingIsWritten() throws SQLException {
        storeOthers();

        CommandRun refused = DATABASE.run("import", FILE);

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err().lines().filter(line -> !line.startsWith("WARN")))
                .containsExactly(
                        "conflict: project acme/web: the id 12 belongs to the project first/twelve",
                        "conflict: organization acme: the id 1 belongs to the organization first",
                        "conflict: organization umbra: the slug belongs to the organization id 9",
                        "conflict: client key " + "a".repeat(32)
                                + " of project pump: the public key belongs to the project ninety (id 90)",
                        "conflict: client key " + "c".repeat(32)
                                + " of project pump: the secret key belongs to the key " + "0".repeat(32),
                        "Nothing was imported: 5 conflicts with what is stored");
        assertThat(POSTGRES.single("select count(*) from project")).isEqualTo("2");
        assertThat(POSTGRES.single("select count(*) from audit_log where event = 'org.import'"))
                .isEqualTo("0");
    }

    @Test
    void takenObjectsCanBeLeftOutWithAllBelow() throws SQLException {
        POSTGRES.execute("""
                insert into organization (id, slug, name, date_added, changed_by) values (9, 'umbra', 'U', now(), 'x');
                insert into project (id, organization_id, slug, name, date_added, changed_by)
                    values (12, 9, 'twelve', 'Twelve', now(), 'x')""");

        CommandRun run = DATABASE.imported(FILE, "--skip-taken");

        assertThat(run.out().lines().filter(line -> !line.startsWith("not taken")))
                .containsExactly(
                        "left out: project acme/web: the id 12 belongs to the project umbra/twelve",
                        "left out: organization umbra: the slug belongs to the organization id 9",
                        "organization acme: 1 teams, 1 projects, 1 redirects, 2 client keys");
        assertThat(POSTGRES.texts("select id from project_key order by id")).containsExactly("101", "102");
    }

    @Test
    void organizationOfSameIdAndSlugIsMergedInto() throws SQLException {
        POSTGRES.execute("""
                insert into organization (id, slug, name, date_added, changed_by) values (1, 'acme', 'Mine', now(), 'x');
                insert into team (id, organization_id, slug, name, date_added, changed_by)
                    values (77, 1, 'core', 'Core', now(), 'x')""");

        CommandRun run = DATABASE.imported(FILE, "--skip-taken", "--organization", "acme");

        assertThat(run.out()).contains("team acme/core: the organization has a team of this slug, id 77");
        assertThat(POSTGRES.single("select name from organization")).isEqualTo("Mine");
        assertThat(DATABASE.rows("project_id, team_id", "project_team order by 1"))
                .containsExactly("11|77", "12|77");
    }

    @Test
    void secondImportOfAFileLeavesAllOut() throws SQLException {
        DATABASE.imported(FILE);
        String before = rowsOfAll();

        CommandRun refused = DATABASE.run("import", FILE);
        CommandRun skipped = DATABASE.imported(FILE, "--skip-taken");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(skipped.out())
                .contains(
                        "merged: project acme/pump: 0 new client keys",
                        "organization acme: 1 teams, 0 projects, 0 redirects, 0 client keys");
        assertThat(rowsOfAll()).isEqualTo(before);
    }

    private static String rowsOfAll() throws SQLException {
        return POSTGRES.single("select concat_ws('|', (select jsonb_agg(k order by id) from project_key k),"
                + " (select jsonb_agg(p order by id) from project p), (select jsonb_agg(l) from project_team l))");
    }

    @Test
    void takenIdsOfTeamsAndKeysAreReplaced() throws SQLException {
        POSTGRES.execute("""
                insert into organization (id, slug, name, date_added, changed_by) values (9, 'other', 'O', now(), 'x');
                insert into team (id, organization_id, slug, name, date_added, changed_by)
                    values (5, 9, 'five', 'Five', now(), 'x');
                insert into project (id, organization_id, slug, name, date_added, changed_by)
                    values (90, 9, 'ninety', 'Ninety', now(), 'x');
                insert into project_key (id, organization_id, project_id, label, public_key, secret_key, active,
                    browser_sdk_version, has_replay, has_performance, has_debug, has_feedback, has_logs_and_metrics,
                    use_case, date_added, changed_by)
                values (101, 9, 90, 'Key', repeat('9', 32), repeat('9', 32), true, '10.x', true, true, false, false, false,
                    'user', now(), 'x')""");

        CommandRun dryRun = DATABASE.imported(FILE, "--dry-run");
        CommandRun run = DATABASE.imported(FILE);

        assertThat(dryRun.out())
                .contains(
                        "team acme/core: the id 5 is taken, a new one is drawn",
                        "client key " + "a".repeat(32) + ": the id 101 is taken, a new one is drawn",
                        "client keys with a new id: 1");
        assertThat(run.out())
                .contains(
                        "team acme/core: the id 5 is taken, the new one is 7",
                        "client key " + "a".repeat(32) + ": the id 101 is taken, the new one is 110",
                        "client keys with a new id: 1");
        assertThat(DATABASE.rows("project_id, team_id", "project_team order by 1"))
                .containsExactly("11|7", "12|7");
        assertThat(POSTGRES.single("select id > 109 from project_key where public_key = repeat('a', 32)"))
                .isEqualTo("t");
    }

    @Test
    void faultsWithinAFileAreAllListed(@TempDir Path folder) throws Exception {
        CommandRun refused = DATABASE.importing(folder, """
                [{"model": "sentry.organization", "pk": 1, "fields": {"slug": "acme", "name": "A"}},
                 {"model": "sentry.organization", "pk": 2, "fields": {"slug": "acme", "name": "B"}},
                 {"model": "sentry.organization", "pk": 3, "fields": {"slug": "12", "name": "C"}},
                 {"model": "sentry.team", "pk": 1, "fields": {"slug": "core", "name": "A", "organization": 2}},
                 {"model": "sentry.project", "pk": 9007199254740991, "fields": {"slug": "high", "organization": 1}},
                 {"model": "sentry.project", "pk": 1, "fields": {"slug": "web", "name": "a\\u0000", "organization": 1}},
                 {"model": "sentry.project", "pk": 2, "fields": {"slug": "app", "name": "App", "organization": 1}},
                 {"model": "sentry.projectteam", "pk": 1, "fields": {"project": 2, "team": 1}},
                 {"model": "sentry.projectkey", "pk": 1, "fields": {"project": 2, "public_key": "AB"}},
                 {"model": "sentry.projectkey", "pk": 2, "fields": {"project": 7,
                   "public_key": "%1$s", "secret_key": "%2$s"}},
                 {"model": "sentry.projectkey", "pk": 3, "fields": {"project": 2,
                   "public_key": "%1$s", "secret_key": "%2$s"}}]""".formatted("a".repeat(32), "b".repeat(32)));

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err().lines().map(line -> line.replace(folder + "/", "")))
                .containsExactly(
                        "file.json:3: sentry.organization 3: slug has other characters than letters, digits, - and _, is a"
                                + " number, or is longer than 200",
                        "file.json:5: sentry.project 9007199254740991: id is not from 1 to 9007198254740992",
                        "file.json:6: sentry.project 1: name holds a NUL character",
                        "file.json:9: sentry.projectkey 1: public_key is not 32 hexadecimal digits",
                        "organization acme stands twice in the file",
                        "client key " + "a".repeat(32) + " stands twice in the file",
                        "client key " + "a".repeat(32) + " has the secret of another key",
                        "client key " + "a".repeat(32) + " refers to the project id 7, which the file does not have",
                        "team core and project app are linked, but belong to different organizations",
                        "Nothing was imported: 9 faults in file.json");
        assertThat(POSTGRES.single("select count(*) from organization")).isEqualTo("0");
    }

    @Test
    void fileWithoutOrganizationsIsRefused(@TempDir Path folder) throws Exception {
        CommandRun refused = DATABASE.importing(folder, """
                [{"model": "sentry.user", "pk": 1, "fields": {}}]""");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err().strip()).isEqualTo("The file has no organization");
    }

    @Test
    void oldSchemaIsReportedInTheWordsOfTheService() throws SQLException {
        POSTGRES.execute(
                "update flyway_schema_history set success = false where version = (select max(version::int)::text"
                        + " from flyway_schema_history)");
        try {
            CommandRun failed = DATABASE.run("import", FILE);

            assertThat(failed.status()).isEqualTo(1);
            assertThat(failed.err().strip())
                    .matches("The schema of the database is at version \\d+, this program needs \\d+: migrate first"
                            + " \\(COUNTERSIGN_MIGRATE=only\\)");
        } finally {
            POSTGRES.execute("update flyway_schema_history set success = true");
        }
    }
}
