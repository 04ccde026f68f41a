package dev.countersign.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithReplicas;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** The changes that PostgreSQL announces to the replicas, and those that it does not announce. */
@WithReplicas
class AnnouncementsIT {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Replicas.Pair replicas;
    private Connection connection;
    private Tenant tenant;
    private String apiKeyId;

    AnnouncementsIT(Replicas.Pair replicas) {
        this.replicas = replicas;
    }

    @BeforeEach
    void listen() throws SQLException {
        tenant = replicas.newTenant();
        tenant.newApiKey("project:read");
        apiKeyId = Api.operator()
                .get(tenant.path("organizations/{o}/api-keys/"))
                .jsonPath()
                .getString("[0].id");
        connection = replicas.connect();
        execute("listen countersign_changes");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void lastUseAndNewClientKeysAreNotAnnounced() throws SQLException {
        execute("update api_key set last_used = now() where id = " + apiKeyId);
        tenant.newKey("""
                {"name":"Fabulous Key"}""");

        execute("update api_key set scopes = 'org:read' where id = " + apiKeyId);

        assertThat(nextAnnouncements()).containsExactly("api_key:" + apiKeyId);
    }

    @Test
    void changeAndRemovalOfAClientKeyAreAnnounced() throws SQLException {
        String key = tenant.newKey("{}");
        String subject = "project_key:" + single("select id from project_key where public_key = '" + key + "'");

        Api.operator().put(tenant.key(key), """
                {"name":"Other"}""").then().statusCode(200);
        assertThat(nextAnnouncements()).containsExactly(subject);

        Api.operator().delete(tenant.key(key)).then().statusCode(204);
        assertThat(nextAnnouncements()).containsExactly(subject);
    }

    @Test
    void changeOfManyClientKeysAnnouncesTheirOrganization() throws SQLException {
        execute("""
                insert into project_key (organization_id, project_id, label, public_key, secret_key, active,
                    browser_sdk_version, has_replay, has_performance, has_debug, has_feedback, has_logs_and_metrics,
                    use_case, date_added, changed_by)
                select organization_id, id, 'many', md5(random()::text), md5(random()::text), true, '', true, true, true,
                    true, true, 'user', now(), 'test'
                from project, generate_series(1, 101) where id = %d""".formatted(tenant.projectId()));
        String organization = single("select organization_id from project where id = " + tenant.projectId());

        execute("update project_key set active = false where project_id = " + tenant.projectId());

        assertThat(nextAnnouncements()).containsExactly("organization:" + organization);
    }

    @Test
    void deletedOrganizationAnnouncesItsProjectsAndKeys() throws SQLException {
        Api.operator().delete(tenant.path("organizations/{o}/")).then().statusCode(204);

        assertThat(nextAnnouncements())
                .hasSize(4)
                .contains("api_key:" + apiKeyId, "project:" + tenant.projectId())
                .anyMatch(announcement -> announcement.matches("project_key:\\d+"))
                .anyMatch(announcement -> announcement.matches("organization:\\d+"));
    }

    @Test
    void truncatedTableAnnouncesThatEverythingChanged() throws SQLException {
        execute("truncate api_key");

        assertThat(nextAnnouncements()).containsExactly("*");
    }

    private void execute(String sql) throws SQLException {
        connection.createStatement().execute(sql);
    }

    private String single(String sql) throws SQLException {
        try (ResultSet rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** The announcements of the next transaction. */
    private List<String> nextAnnouncements() throws SQLException {
        List<String> announcements = new ArrayList<>();
        for (PGNotification next : connection.unwrap(PGConnection.class).getNotifications(PATIENCE_MILLIS)) {
            announcements.add(next.getParameter());
        }
        return announcements;
    }
}
