package dev.countersign.postgres.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithReplicas;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Plans of PostgreSQL for the statements of the service on large tables. The statements are read on the wire and
 * planned for any parameters.
 */
@WithReplicas
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryPlanIT {

    private static final String ROWS = """
            set session_replication_role = replica;
            insert into organization (slug, name, date_added, changed_by)
            select 'plan-' || i, 'Plan', now(), 'test' from generate_series(1, 2000) i;
            insert into api_key (organization_id, label, key_hash, scopes, active, date_added, changed_by)
            select id, 'plan', sha256((slug || '/' || i)::bytea), 'org:read', true, now(), 'test'
            from organization cross join generate_series(1, 2) i where slug like 'plan-%';
            insert into project (organization_id, slug, name, date_added, changed_by)
            select id, 'project-' || i, 'Plan', now(), 'test'
            from organization cross join generate_series(1, 5) i where slug like 'plan-%';
            insert into team (organization_id, slug, name, date_added, changed_by)
            select id, 'team', 'Plan', now(), 'test' from organization where slug like 'plan-%';
            insert into project_team (project_id, team_id)
            select p.id, t.id from project p join team t on t.organization_id = p.organization_id where t.slug = 'team';
            insert into project_key (organization_id, project_id, label, public_key, secret_key, active,
                browser_sdk_version, has_replay, has_performance, has_debug, has_feedback, has_logs_and_metrics,
                use_case, date_added, changed_by)
            select organization_id, id, 'Plan ' || i, md5(i || 'public' || id), md5(i || 'secret' || id), true, '10.x',
                true, true, false, false, false, 'user', now(), 'test'
            from project cross join generate_series(1, 10) i where slug like 'project-%';
            insert into audit_log (organization_id, event, actor, target_id, target)
            select id, 'org.create', 'test', id, slug from organization cross join generate_series(1, 10) i;
            analyze;
            """;

    private final Replicas.Pair replicas;
    private final Tenant tenant;
    private final String key;

    QueryPlanIT(Replicas.Pair replicas) {
        this.replicas = replicas;
        this.tenant = replicas.newTenant();
        this.key = tenant.newKey("{}");
    }

    @BeforeAll
    void fill() throws SQLException {
        replicas.sql(ROWS);
    }

    @Test
    void keyIsFoundByItsPublicKey() throws Exception {
        assertThat(plan("project_key", "GET", tenant.key(key))).contains("Index Scan using project_key_public_key_key");
    }

    @Test
    void keysReadAtOnceAreFoundByTheirPublicKeys() throws Exception {
        assertThat(sharedPlan("where public_key in ($1, $2", tenant.key(key)))
                .contains("Bitmap Index Scan on project_key_public_key_key");
    }

    @Test
    void projectsOfDsnsFoundAtOnceAreReadByTheirIndexes() throws Exception {
        assertThat(sharedPlan("where k.public_key in ($1, $2", "projects/?query=dsn:" + key))
                .contains(
                        "Bitmap Index Scan on project_key_public_key_key",
                        "Index Scan using project_pkey on project ",
                        "Index Scan using organization_pkey on organization ",
                        "using project_team_pkey",
                        "using team_pkey")
                .doesNotContain("Seq Scan", "Hash");
    }

    @Test
    void keysOfAProjectAreReadInIndexOrder() throws Exception {
        assertThat(plan("project_key", "GET", tenant.keys()))
                .contains("Index Scan Backward using project_key_project_idx")
                .doesNotContain("Sort");
    }

    @Test
    void laterPageBeginsAtItsCursor() throws Exception {
        assertThat(plan("project_key", "GET", tenant.keys() + "?cursor=1000:0:0"))
                .contains("Index Scan Backward using project_key_project_idx")
                .containsPattern("Index Cond: .*project_id = \\$.* AND .*id <= \\$");
    }

    @Test
    void keysOfAnOrganizationAreReadInIndexOrder() throws Exception {
        assertThat(plan("project_key", "GET", tenant.path("organizations/{o}/project-keys/")))
                .contains("Index Scan Backward using project_key_organization_idx")
                .doesNotContain("Sort");
    }

    @Test
    void projectIsFoundByADsn() throws Exception {
        assertThat(plan("project_key", "GET", "projects/?query=dsn:" + key))
                .contains(
                        "using project_key_public_key_key",
                        "using organization_pkey",
                        "using project_team_pkey",
                        "using team_pkey")
                .containsPattern("using project_(pkey|organization_id_idx) on project ");
    }

    @Test
    void keyIsDeletedByItsPublicKey() throws Exception {
        assertThat(plan("project_key", "DELETE", tenant.key(tenant.newKey("{}"))))
                .contains("Index Scan using project_key_public_key_key");
    }

    @Test
    void aKeyIsFoundByItsName() throws Exception {
        assertThat(plan("project_key", "GET", tenant.named("Default")))
                .contains("Index Scan using project_key_label_idx")
                .containsPattern("Index Cond: .*project_id = \\$.* AND .*label.* = ");
    }

    @Test
    void aNamedKeyIsRemovedWithThoseThatItReplacedByTheirIndex() throws Exception {
        assertThat(planOf("(?s).*delete from project_key.*", "DELETE", tenant.named("Default")))
                .contains("using project_key_replaced_by_idx", "using project_key_public_key_key");
    }

    @Test
    void aRotatedKeyIsFoundByItsPublicKey() throws Exception {
        assertThat(planOf("(?s)with rotation as .*", "POST", tenant.rotation(tenant.newKey("{}"))))
                .contains("using project_key_public_key_key");
    }

    @Test
    void theOldestKeyOfAProjectIsReadWithoutTheOthers() throws Exception {
        assertThat(plan("project_key", "GET", tenant.environment(tenant.project())))
                .contains("Index Scan using project_key_project_idx")
                .doesNotContain("Sort");
    }

    @Test
    void auditLogIsReadInIndexOrder() throws Exception {
        assertThat(plan("audit_log", "GET", tenant.path("organizations/{o}/audit-logs/")))
                .contains("Index Scan Backward using audit_log_organization_idx")
                .containsPattern("Index Cond: .*organization_id = \\$.* AND .*id < page_1.id");
    }

    @Test
    void credentialIsFoundByItsHash() throws Exception {
        assertThat(plan("api_key", "GET", tenant.keys())).contains("Index Scan using api_key_hash_key");
    }

    @Test
    void projectIsFoundByBothSlugs() throws Exception {
        assertThat(plan("project", "GET", Tenant.create().keys()))
                .contains("using organization_slug_key", "using project_slug_key");
    }

    @Test
    void projectIsFoundByItsIdAndTheOrganizationsSlug() throws Exception {
        Tenant fresh = Tenant.create();

        assertThat(plan("project", "GET", "projects/" + fresh.organization() + "/" + fresh.projectId() + "/keys/"))
                .contains("using organization_slug_key", "using project_pkey");
    }

    /** The plan of the first statement of a request that reads a table. Its credential is new. */
    private String plan(String table, String method, String path) throws Exception {
        return planOf("(?s).*from " + table + "\\s.*", method, path);
    }

    /** The plan of the first statement of a request that matches a pattern. */
    private String planOf(String pattern, String method, String path) throws Exception {
        String token = tenant.newApiKey("project:admin", "org:write");
        replicas.proxy().takeExecuted();
        replicas.second().send(token, method, path, "");
        List<String> executed = replicas.proxy().takeExecuted();
        String sql = executed.stream()
                .filter(statement -> statement.matches(pattern))
                .findFirst()
                .orElseThrow(() -> new AssertionError(String.join("\n", executed)));
        String plan = explain(sql);
        assertThat(plan).as(sql).doesNotContain("Seq Scan");
        return plan;
    }

    /**
     * The plan of a statement that several requests share. They do if an event loop reads them in one turn, or while two of
     * their statements are under way, which needs some luck.
     *
     * @param text what only the shared statement has
     */
    private String sharedPlan(String text, String path) {
        String token = tenant.newApiKey("project:read");
        List<Replicas.Call> calls = Collections.nCopies(100, new Replicas.Call("GET", path, ""));
        String executed = Poll.until(
                () -> {
                    replicas.sendAtOnce(token, calls);
                    return String.join("\n", replicas.proxy().takeExecuted());
                },
                statements -> statements.contains(text));
        return explain(executed.lines()
                .filter(statement -> statement.contains(text))
                .findFirst()
                .orElseThrow());
    }

    private String explain(String sql) {
        try (Connection connection = replicas.postgres()
                        .getDatabase("postgres", "postgres", Map.of("preferQueryMode", "simple"))
                        .getConnection();
                ResultSet lines = connection.createStatement().executeQuery("explain (generic_plan) " + sql)) {
            Stream.Builder<String> plan = Stream.builder();
            while (lines.next()) {
                plan.add(lines.getString(1));
            }
            return plan.build().collect(Collectors.joining("\n"));
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
