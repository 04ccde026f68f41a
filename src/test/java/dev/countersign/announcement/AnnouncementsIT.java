package dev.countersign.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.Tenant;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** The changes that PostgreSQL announces to the replicas, and those that it does not announce. */
@ExtendWith(Replicas.class)
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
    void lastUseAndClientKeysAreNotAnnounced() throws SQLException {
        execute("update api_key set last_used = now() where id = " + apiKeyId);
        String key = tenant.newKey("""
                {"name":"Fabulous Key"}""");
        Api.operator().put(tenant.key(key), """
                {"name":"Other"}""").then().statusCode(200);
        Api.operator().delete(tenant.key(key)).then().statusCode(204);

        execute("update api_key set scopes = 'org:read' where id = " + apiKeyId);

        assertThat(nextAnnouncements()).containsExactly("api_key:" + apiKeyId);
    }

    @Test
    void deletedOrganizationAnnouncesItsProjectsAndApiKeys() throws SQLException {
        Api.operator().delete(tenant.path("organizations/{o}/")).then().statusCode(204);

        assertThat(nextAnnouncements())
                .hasSize(3)
                .contains("api_key:" + apiKeyId, "project:" + tenant.projectId())
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

    /** The announcements of the next transaction. */
    private List<String> nextAnnouncements() throws SQLException {
        List<String> announcements = new ArrayList<>();
        for (PGNotification next : connection.unwrap(PGConnection.class).getNotifications(PATIENCE_MILLIS)) {
            announcements.add(next.getParameter());
        }
        return announcements;
    }
}
