package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an import takes of an export of Sentry, and what it says of the rest. */
class ImportSentryTest {

    private static final String FILE = TransferDatabase.resource("sentry.json");

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final TransferDatabase DATABASE = new TransferDatabase(POSTGRES);

    @Test
    void organizationsTeamsAndProjectsKeepIdsSlugsAndDates() throws SQLException {
        DATABASE.imported(FILE);

        assertThat(DATABASE.rows("id, slug, name, date_added at time zone 'UTC'", "organization order by id"))
                .containsExactly("1|acme|Acme GmbH|2019-05-03 08:00:01.123", "3|umbra|Umbra Ø|2021-01-02 03:04:05");
        assertThat(DATABASE.rows("id, organization_id, slug, name", "team order by id"))
                .containsExactly("5|1|core|Core", "6|3|core|core");
        assertThat(DATABASE.rows(
                        "id, organization_id, slug, name, coalesce(platform, '-'), date_added at time zone 'UTC'",
                        "project order by id"))
                .containsExactly(
                        "11|1|pump|Pump Station|java|2019-05-03 22:00:00",
                        "12|1|web|Web|-|2020-05-04 00:00:00",
                        "21|3|pump|Pump|other|2021-05-04 00:00:00");
        assertThat(DATABASE.rows("project_id, team_id", "project_team order by 1"))
                .containsExactly("11|5", "12|5");
        assertThat(DATABASE.rows("organization_id, slug, project_id", "project_redirect"))
                .containsExactly("1|pumpe|11");
    }

    @Test
    void keysKeepHalvesStateAndLimit() throws SQLException {
        DATABASE.imported(FILE);

        assertThat(DATABASE.rows(
                        "id, organization_id, project_id, left(public_key, 2), label, active, use_case,"
                                + " coalesce(rate_limit_window || '/' || rate_limit_count, '-')",
                        "project_key order by id"))
                .containsExactly(
                        "101|1|11|aa|Default|t|user|60/100",
                        "102|1|11|cc|Off|f|user|-",
                        "103|1|12|ee|" + "e".repeat(32) + "|t|user|-",
                        "109|3|21|77|Default|t|escalating_issues|-");
        assertThat(DATABASE.rows("left(secret_key, 2), date_added at time zone 'UTC'", "project_key where id = 101"))
                .containsExactly("bb|2019-05-04 00:00:01.999");
        assertThat(POSTGRES.single("select secret_key from project_key where id = 103"))
                .matches("[0-9a-f]{32}");
        assertThat(POSTGRES.single("select now() - date_added < '1 minute' from project_key where id = 102"))
                .isEqualTo("t");
    }

    /** A key without a version of the loader has that of its project's age. */
    @Test
    void loaderIsThatOfTheKeyOrOfTheAgeOfItsProject() throws SQLException {
        DATABASE.imported(FILE);

        assertThat(DATABASE.rows(
                        "id, browser_sdk_version, has_replay, has_performance, has_debug, has_feedback",
                        "project_key order by id"))
                .containsExactly("101|8.x|t|f|t|f", "102|8.x|f|t|f|f", "103|6.x|f|f|f|f", "109|4.x|f|f|f|f");
    }

    @Test
    void settingsAreReadInOldAndNewForm() throws SQLException {
        DATABASE.imported(FILE);

        assertThat(DATABASE.rows("id, settings::jsonb::text", "project order by id"))
                .containsExactly("""
                        11|{"options": {"filters:releases": "1.*\\n2.*"}, "subjectPrefix": "[Acme] ", "allowedDomains": \
                        ["*.acme.example", "localhost"], "scrubIPAddresses": true}""", """
                        12|{"securityToken": "token-of-web"}""", "21|{}");
    }

    @Test
    void resultNamesEachOrganizationAndWhatWasNotTaken() {
        CommandRun run = DATABASE.imported(FILE);

        assertThat(run.out().lines())
                .containsExactly(
                        "organization acme: 1 teams, 2 projects, 1 redirects, 3 client keys",
                        "organization umbra: 1 teams, 1 projects, 0 redirects, 1 client keys",
                        "not taken: 1 client keys that are being deleted",
                        "not taken: 1 client keys without a public key",
                        "not taken: 1 client keys without the role store",
                        "not taken: 1 organizations that are being deleted",
                        "not taken: 1 projects that are being deleted",
                        "not taken: 1 sentry.email",
                        "not taken: 1 sentry.organizationoption",
                        "not taken: 2 sentry.projectoption",
                        "not taken: 1 sentry.user");
        assertThat(run.err().lines())
                .containsExactly(
                        "WARN: project 12: the value of the option sentry:origins cannot be read and is left out.",
                        "WARN: project 12 has the option sentry:relay_dsn_endpoint: Sentry shows its DSNs with another"
                                + " host. Here the ingest host decides.");
    }

    @Test
    void auditLogHasOneEntryForEachOrganization() throws SQLException {
        DATABASE.imported(FILE);

        assertThat(DATABASE.rows(
                        "organization_id, event, actor, target_id, target, before, after", "audit_log order by id"))
                .containsExactly("""
                        1|org.import|import:sentry.json|1|acme|{"teams": 1, "projects": 2, "redirects": 1, "clientKeys": 3}\
                        """, """
                        3|org.import|import:sentry.json|3|umbra|{"teams": 1, "projects": 1, "redirects": 0, "clientKeys": 1}\
                        """);
    }

    /** New objects never get an id of the import. */
    @Test
    void sequencesMove() throws SQLException {
        DATABASE.imported(FILE);

        for (String table : new String[] {"organization", "team", "project", "project_key"}) {
            assertThat(POSTGRES.single(
                            "select nextval(pg_get_serial_sequence('" + table + "', 'id')) > max(id) from " + table))
                    .as(table)
                    .isEqualTo("t");
        }
    }

    @Test
    void dryRunWritesNothing() throws SQLException {
        CommandRun run = DATABASE.imported(FILE, "--dry-run");

        assertThat(run.out())
                .contains("organization acme: 1 teams, 2 projects, 1 redirects, 3 client keys")
                .endsWith("Nothing was written." + System.lineSeparator());
        assertThat(POSTGRES.single("select count(*) from organization")).isEqualTo("0");
        assertThat(POSTGRES.single("select nextval(pg_get_serial_sequence('organization', 'id'))"))
                .isEqualTo("1");
    }

    @Test
    void oneOrganizationCanBeChosen() throws SQLException {
        DATABASE.imported(FILE, "--organization", "umbra");

        assertThat(POSTGRES.texts("select slug from organization")).containsExactly("umbra");
        assertThat(POSTGRES.texts("select id from project_key")).containsExactly("109");
        assertThat(DATABASE.run("import", FILE, "--organization", "other").err().strip())
                .endsWith("The file has no organization other");
    }

    @Test
    void organizationsCanGetNewIds() throws SQLException {
        POSTGRES.execute(
                "insert into organization (slug, name, date_added, changed_by) values ('own', 'Own', now(), 'x')");

        CommandRun dryRun = DATABASE.imported(FILE, "--new-organization-ids", "--dry-run");
        CommandRun run = DATABASE.imported(FILE, "--new-organization-ids");

        assertThat(dryRun.out()).contains("organization acme: the id 1 is not kept, a new one is drawn");
        assertThat(run.out()).contains("organization acme: the id 1 is not kept, the new one is 2");
        assertThat(DATABASE.rows(
                        "o.slug, p.id", "organization o join project p on p.organization_id = o.id order by p.id"))
                .containsExactly("acme|11", "acme|12", "umbra|21");
        assertThat(POSTGRES.texts("select slug from organization where id < 2")).containsExactly("own");
    }

    @Test
    void newIdsAreRefusedWhereDsnsHoldThem() {
        CommandRun refused = DATABASE.runWith(
                "countersign.ingest.organization-subdomain",
                "o{organization_id}.ingest",
                "import",
                FILE,
                "--new-organization-ids");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).startsWith("--new-organization-ids would change DSNs");
    }
}
