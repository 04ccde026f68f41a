package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.RawHttp;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A removal that takes longer than a statement may run is done completely, with one audit entry. The tests share one
 * service and its SQL, so the class is long.
 */
class RowRemovalIT {

    /** Without triggers, which would take most of the time. */
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

    /** Removing so many keys takes a millisecond more: with 32, 100,000 in one statement take longer than a statement may. */
    private static final String SLOW_DISK = """
            create or replace function slow_disk() returns trigger language plpgsql as $$
            begin
                if old.id %% %d = 0 then perform pg_sleep(0.001); end if;
                return old;
            end $$;
            create or replace trigger slow_disk before delete on project_key for each row execute function slow_disk()""";

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
    static final OwnService SERVICE = new OwnService(Map.of());

    private static Client patient;

    @BeforeAll
    static void start() throws Exception {
        patient = SERVICE.get().client(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({"keys, projects/keys/pump/, project.remove", "owner, organizations/owner/, org.remove"})
    void hundredThousandKeysAreRemovedTogether(String organization, String path, String event) throws Exception {
        SERVICE.get().newProject(organization);
        sql(KEYS.formatted(100_000, organization));
        String id = idOf(organization);
        sql(SLOW_DISK.formatted(32));

        var first = patient.send("DELETE", Api.url(path), "");
        var second = patient.send("DELETE", Api.url(path), "");

        List<Integer> statuses =
                new ArrayList<>(List.of(first.join().statusCode(), second.join().statusCode()));
        assertThat(statuses.remove(Integer.valueOf(204)))
                .as(first.join().body())
                .isTrue();
        assertThat(statuses.get(0)).as("for who comes second").isIn(404, 503);
        assertThat(keysOf(id)).isEqualTo("0");
        assertThat(texts("select event || ' ' || actor from audit_log where event like '%.remove'"
                        + " and organization_id = " + id))
                .containsExactly(event + " operator");
    }

    @Test
    @Tag("faults")
    void killedServiceLeavesEveryKey() throws Exception {
        SERVICE.get().newProject("killed");
        sql(KEYS.formatted(50_000, "killed"));
        String id = idOf("killed");
        sql(SLOW_DISK.formatted(80));

        try (PackagedService doomed =
                PackagedService.startMigrated(SERVICE.postgres().server(), Map.of())) {
            var answer = doomed.client(Duration.ofMinutes(2)).send("DELETE", Api.url("projects/killed/pump/"), "");
            assertThat(Poll.until(RowRemovalIT::removals, "1"::equals)).isEqualTo("1");
            doomed.process().destroyForcibly();

            assertThat(catchThrowable(answer::join)).as("no answer").isNotNull();
        }
        assertThat(Poll.until(RowRemovalIT::removals, "0"::equals)).isEqualTo("0");
        assertThat(keysOf(id)).isEqualTo("50001");
        assertThat(status("GET", "projects/killed/pump/")).isEqualTo(200);
        assertThat(status("DELETE", "projects/killed/pump/")).isEqualTo(204);
        assertThat(keysOf(id)).isEqualTo("0");
    }

    /** Each create is answered, and no key outlives the project. */
    @Test
    @Tag("faults")
    void keysCreatedMeanwhileAreRemoved() throws Exception {
        String keys = SERVICE.get().newProject("busy");
        sql(KEYS.formatted(50_000, "busy"));
        String id = idOf("busy");
        sql(SLOW_DISK.formatted(80));

        Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<Void>> creators =
                Stream.generate(() -> create(keys, statuses)).limit(16).toList();
        assertThat(Poll.until(() -> Set.copyOf(statuses), seen -> seen.contains(201)))
                .contains(201);

        assertThat(status("DELETE", "projects/busy/pump/")).isEqualTo(204);

        creators.forEach(CompletableFuture::join);
        assertThat(statuses).isSubsetOf(201, 503, 404).contains(404);
        assertThat(keysOf(id)).isEqualTo("0");
    }

    /** Creates one key after another until the project is gone. */
    private static CompletableFuture<Void> create(String keys, Set<Integer> statuses) {
        return patient.send("POST", Api.url(keys), "{}").thenCompose(answer -> {
            statuses.add(answer.statusCode());
            return answer.statusCode() == 404 ? CompletableFuture.<Void>completedFuture(null) : create(keys, statuses);
        });
    }

    @Test
    void removalContinuesAfterTheClientHangsUp() throws Exception {
        SERVICE.get().newProject("hasty");
        sql(KEYS.formatted(50_000, "hasty"));
        sql(SLOW_DISK.formatted(20));
        try (RawHttp hasty = new RawHttp(SERVICE.get().port())) {
            hasty.send("DELETE /api/0/projects/hasty/pump/ HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                    + Api.OPERATOR_TOKEN + "\r\n\r\n");
            assertThat(Poll.until(RowRemovalIT::removals, "1"::equals)).isEqualTo("1");
        }

        assertThat(Poll.until(() -> status("GET", "projects/hasty/pump/"), status -> status == 404))
                .isEqualTo(404);
        assertThat(single("select count(*)::text from project_key where changed_by = 'operator' and organization_id ="
                        + " (select id from organization where slug = 'hasty')"))
                .isEqualTo("0");
    }

    @Test
    void organizationWithThousandsOfProjectsIsRemoved() throws Exception {
        SERVICE.get().newProject("wide");
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
    void removedTeamLeavesItsProjects() throws Exception {
        SERVICE.get().newProject("team");
        sql(PROJECTS.formatted(5_000, "team"));
        String id = single("select id::text from organization where slug = 'team'");

        assertThat(status("DELETE", "teams/team/core/")).isEqualTo(204);

        assertThat(texts("select event from audit_log where event like '%.remove' and organization_id = " + id))
                .containsExactly("team.remove");
        assertThat(single("select count(*)::text from project where organization_id = " + id))
                .isEqualTo("5001");
    }

    @Test
    void secondRemovalIsNotFound() throws Exception {
        SERVICE.get().newProject("empty");

        assertThat(status("DELETE", "projects/empty/pump/")).isEqualTo(204);
        assertThat(status("DELETE", "projects/empty/pump/")).isEqualTo(404);
        assertThat(status("DELETE", "organizations/empty/")).isEqualTo(204);
        assertThat(status("DELETE", "organizations/empty/")).isEqualTo(404);
    }

    /** The number of transactions that remove keys. */
    private static String removals() {
        try {
            return single("select count(*)::text from pg_stat_activity where query like 'delete from project_key%'"
                    + " and state <> 'idle'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String idOf(String organization) throws SQLException {
        return single("select id::text from organization where slug = '" + organization + "'");
    }

    private static String keysOf(String organizationId) throws SQLException {
        return single("select count(*)::text from project_key where organization_id = " + organizationId);
    }

    private static int status(String method, String path) {
        return patient.send(method, Api.url(path), "").join().statusCode();
    }

    private static void sql(String sql) throws SQLException {
        SERVICE.postgres().execute(sql);
    }

    private static String single(String query) throws SQLException {
        return SERVICE.postgres().single(query);
    }

    private static List<String> texts(String query) throws SQLException {
        return SERVICE.postgres().texts(query);
    }
}
