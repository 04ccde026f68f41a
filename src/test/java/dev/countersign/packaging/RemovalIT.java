package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Client;
import dev.countersign.testsupport.OwnPostgres;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What takes longer to remove than a statement may run is removed all the same, as a whole and with one entry. */
class RemovalIT {

    /** Without the triggers, which would take most of the time. */
    private static final String KEYS = """
            set session_replication_role = replica;
            insert into project_key (organization_id, project_id, label, public_key, secret_key, active,
                browser_sdk_version, has_replay, has_performance, has_debug, has_feedback, has_logs_and_metrics, use_case,
                date_added, changed_by)
            select project.organization_id, project.id, 'Key', md5(project.id || '-' || i), md5(project.id || '+' || i),
                true, '10.x', true, true, false, false, false, 'user', now(), 'operator'
            from organization join project on project.organization_id = organization.id, generate_series(1, %d) i
            where organization.slug = '%s';
            set session_replication_role = origin;
            analyze project_key""";

    private static final String PROJECTS = """
            set session_replication_role = replica;
            insert into project (organization_id, slug, name, date_added, changed_by)
            select id, 'project-' || i, 'Project', now(), 'operator'
            from organization, generate_series(1, %1$d) i where slug = '%2$s';
            insert into project_team (project_id, team_id)
            select project.id, team.id from organization join project on project.organization_id = organization.id
            join team on team.organization_id = organization.id where organization.slug = '%2$s'
            on conflict do nothing;
            set session_replication_role = origin;
            analyze project""";

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    private static PackagedService service;
    private static Client patient;

    @BeforeAll
    static void start() throws Exception {
        service = start("2s");
        patient = Client.of(service.port(), Duration.ofMinutes(2));
    }

    private static PackagedService start(String statementTimeout) throws Exception {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(POSTGRES.server()));
        environment.put("COUNTERSIGN_MIGRATE", "at-start");
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        environment.put("COUNTERSIGN_DB_STATEMENT_TIMEOUT", statementTimeout);
        return PackagedService.start(environment).awaitReady();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aProjectWithAQuarterOfAMillionKeysIsRemovedAsAWhole() throws Exception {
        service.newProject("keys");
        sql(KEYS.formatted(250_000, "keys"));
        String id = single("select max(id)::text from project");
        assertThat(single("select count(*)::text from project_key where project_id = " + id))
                .isEqualTo("250001");

        // The database of a test is quick: one statement for all would take longer than this.
        try (PackagedService hurried = start("300ms")) {
            Client client = Client.of(hurried.port(), Duration.ofMinutes(2));
            var first = client.send("DELETE", Api.url("projects/keys/pump/"), "");
            var second = client.send("DELETE", Api.url("projects/keys/pump/"), "");

            List<Integer> statuses = new ArrayList<>(
                    List.of(first.join().statusCode(), second.join().statusCode()));
            assertThat(statuses.remove(Integer.valueOf(204)))
                    .as(first.join().body())
                    .isTrue();
            assertThat(statuses.get(0)).as("for who comes second").isIn(404, 503);
        }
        assertThat(single("select count(*)::text from project_key where project_id = " + id))
                .isEqualTo("0");
        assertThat(texts("select event || ' ' || actor from audit_log where event like '%.remove'"
                        + " and organization_id = (select id from organization where slug = 'keys')"))
                .containsExactly("project.remove operator");
    }

    @Test
    void aClientThatHangsUpDoesNotStopTheRemoval() throws Exception {
        service.newProject("hasty");
        sql(KEYS.formatted(200_000, "hasty"));
        Client hasty = Client.of(service.port(), Duration.ofMillis(100));

        assertThat(catchThrowable(() -> hasty.send("DELETE", Api.url("projects/hasty/pump/"), "")
                        .join()))
                .as("the client gives up first")
                .isNotNull();

        assertThat(Poll.until(() -> status("GET", "projects/hasty/pump/"), status -> status == 404))
                .isEqualTo(404);
        assertThat(single("select count(*)::text from project_key where changed_by = 'operator' and organization_id ="
                        + " (select id from organization where slug = 'hasty')"))
                .isEqualTo("0");
    }

    @Test
    void anOrganizationWithThousandsOfProjectsIsRemovedAsAWhole() throws Exception {
        service.newProject("wide");
        sql(PROJECTS.formatted(5_000, "wide"));
        sql(KEYS.formatted(12, "wide")); // in each of the 5,001 projects
        String id = single("select id::text from organization where slug = 'wide'");

        assertThat(status("DELETE", "organizations/wide/")).isEqualTo(204);

        assertThat(texts("select event from audit_log where event like '%.remove' and organization_id = " + id))
                .containsExactly("org.remove");
        assertThat(single("select count(*)::text from project where organization_id = " + id))
                .isEqualTo("0");
        assertThat(single("select count(*)::text from project_key where organization_id = " + id))
                .isEqualTo("0");
    }

    @Test
    void aTeamWithThousandsOfProjectsIsRemovedWithoutThem() throws Exception {
        service.newProject("team");
        sql(PROJECTS.formatted(5_000, "team"));
        String id = single("select id::text from organization where slug = 'team'");

        assertThat(status("DELETE", "teams/team/core/")).isEqualTo(204);

        assertThat(texts("select event from audit_log where event like '%.remove' and organization_id = " + id))
                .containsExactly("team.remove");
        assertThat(single("select count(*)::text from project where organization_id = " + id))
                .isEqualTo("5001");
    }

    @Test
    void aSecondRemovalIsNotFound() throws Exception {
        service.newProject("empty");

        assertThat(status("DELETE", "projects/empty/pump/")).isEqualTo(204);
        assertThat(status("DELETE", "projects/empty/pump/")).isEqualTo(404);
        assertThat(status("DELETE", "organizations/empty/")).isEqualTo(204);
        assertThat(status("DELETE", "organizations/empty/")).isEqualTo(404);
    }

    private static int status(String method, String path) {
        return patient.send(method, Api.url(path), "").join().statusCode();
    }

    private static void sql(String sql) throws SQLException {
        try (Connection connection = POSTGRES.server().getPostgresDatabase().getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    private static String single(String query) throws SQLException {
        return Objects.requireNonNull(texts(query).get(0));
    }

    private static List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = POSTGRES.server().getPostgresDatabase().getConnection();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
