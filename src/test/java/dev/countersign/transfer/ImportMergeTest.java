package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A second import of the same organization with {@code --skip-taken}, after the other program has made new keys. */
class ImportMergeTest {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final TransferDatabase DATABASE = new TransferDatabase(POSTGRES);

    private static final String OLD = "a".repeat(32);
    private static final String NEW = "b".repeat(32);

    @TempDir
    Path folder;

    @BeforeEach
    void importOnce() throws Exception {
        assertThat(importing(key(101, OLD, "")).status()).isZero();
    }

    @Test
    void newKeysOfAProjectThatIsThereAreStored() throws Exception {
        POSTGRES.execute("update project set name = 'Mine', settings = '{\"resolveAge\":7}'");
        POSTGRES.execute("update project_key set label = 'Mine', active = false");

        CommandRun run = importing(key(101, OLD, "") + "," + key(102, NEW, ""));

        assertThat(run.out().lines())
                .containsExactly(
                        "merged: project acme/web: 1 new client keys",
                        "team acme/core: the organization has a team of this slug, id 5",
                        "organization acme: 1 teams, 0 projects, 0 redirects, 1 client keys");
        assertThat(DATABASE.rows("id, project_id, label, public_key, active", "project_key order by id"))
                .containsExactly("101|12|Mine|" + OLD + "|f", "102|12|Key|" + NEW + "|t");
        assertThat(DATABASE.rows("id, name, settings", "project")).containsExactly("12|Mine|{\"resolveAge\":7}");
        assertThat(DATABASE.rows("event, target, after", "audit_log order by id desc limit 1"))
                .containsExactly("""
                        org.import|acme|{"teams": 1, "projects": 0, "redirects": 0, "clientKeys": 1}""");
    }

    @Test
    void teamsThatWereTakenFromAProjectDoNotComeBack() throws Exception {
        POSTGRES.execute("delete from project_team");

        importing(key(102, NEW, ""));

        assertThat(POSTGRES.single("select count(*) from project_team")).isEqualTo("0");
    }

    /** A key that was removed because others knew it must not be good again. */
    @Test
    void keyThatWasRemovedHereIsLeftOut() throws Exception {
        POSTGRES.execute("delete from project_key");

        CommandRun run = importing(key(101, OLD, "") + "," + key(102, NEW, ""));

        assertThat(run.out().lines())
                .startsWith(
                        "left out: client key " + OLD + " of project web: it was removed here",
                        "merged: project acme/web: 1 new client keys");
        assertThat(POSTGRES.texts("select public_key from project_key")).containsExactly(NEW);
    }

    @Test
    void newKeyKeepsItsSuccessorThatIsThere() throws Exception {
        importing(key(101, OLD, "") + "," + key(102, NEW, """
                , "data": {"countersign": {"replacedBy": "%s"}}""".formatted(OLD)));

        assertThat(POSTGRES.single("select replaced_by from project_key where public_key = '" + NEW + "'"))
                .isEqualTo(OLD);
    }

    @Test
    void keyOfAnotherProjectIsLeftOut() throws Exception {
        POSTGRES.execute("""
                insert into project (id, organization_id, slug, name, date_added, changed_by)
                    values (13, 1, 'app', 'App', now(), 'x');
                update project_key set project_id = 13""");

        CommandRun run = importing(key(101, OLD, ""));

        assertThat(run.out())
                .contains("left out: client key " + OLD
                        + " of project web: the public key belongs to the project app (id 13)");
    }

    /** A project that was renamed or moved here may be another one. */
    @Test
    void projectOfAnotherSlugOrOrganizationIsLeftOut() throws Exception {
        POSTGRES.execute("update project set slug = 'site'");
        assertThat(importing(key(102, NEW, "")).out())
                .contains("left out: project acme/web: the id 12 belongs to the project acme/site");

        POSTGRES.execute("""
                insert into organization (id, slug, name, date_added, changed_by) values (9, 'other', 'O', now(), 'x');
                update project set slug = 'web', organization_id = 9;
                update project_key set organization_id = 9""");
        assertThat(importing(key(102, NEW, "")).out())
                .contains("left out: project acme/web: the id 12 belongs to the project other/web");
        assertThat(POSTGRES.texts("select public_key from project_key")).containsExactly(OLD);
    }

    @Test
    void dryRunSaysWhatWouldBeMerged() throws Exception {
        CommandRun run = importing(key(102, NEW, ""), "--dry-run");

        assertThat(run.out())
                .contains("merged: project acme/web: 1 new client keys")
                .contains("Nothing was written.");
        assertThat(POSTGRES.texts("select public_key from project_key")).containsExactly(OLD);
    }

    private CommandRun importing(String keys, String... options) throws Exception {
        CommandRun run = DATABASE.importing(
                folder,
                """
                [{"model": "sentry.organization", "pk": 1, "fields": {"slug": "acme", "name": "Acme"}},
                 {"model": "sentry.team", "pk": 5, "fields": {"slug": "core", "name": "Core", "organization": 1}},
                 {"model": "sentry.project", "pk": 12, "fields": {"slug": "web", "name": "Web", "organization": 1}},
                 {"model": "sentry.projectteam", "pk": 1, "fields": {"project": 12, "team": 5}},
                 %s]""".formatted(keys),
                Stream.concat(Stream.of("--skip-taken"), Stream.of(options)).toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return run;
    }

    private static String key(int id, String publicKey, String more) {
        return """
                {"model": "sentry.projectkey", "pk": %d, "fields": {"project": 12, "label": "Key", "public_key": "%s"%s}}""".formatted(id, publicKey, more);
    }
}
