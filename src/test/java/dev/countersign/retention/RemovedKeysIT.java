package dev.countersign.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Removed keys are remembered for the configured time, and no longer. */
class RemovedKeysIT {

    private static final int MANY = 5_000;

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of("COUNTERSIGN_RETENTION_INTERVAL", "200ms"));

    @Test
    void removedClientKeysAreForgottenAfter400Days() throws Exception {
        SERVICE.get().newProject("acme");
        SERVICE.postgres().execute("""
                insert into removed_client_key (public_key, organization_id, project_id, label, use_case, date_removed)
                select md5(i::text), 1, 1, 'Key', 'user', now() - case when i = 1 then interval '399 days' else interval '401 days' end
                from generate_series(1, %d) i""".formatted(MANY));

        assertThat(Poll.until(() -> count("removed_client_key"), "1"::equals)).isEqualTo("1");
        assertThat(SERVICE.postgres().single("select (public_key = md5('1'))::text from removed_client_key"))
                .isEqualTo("true");
    }

    @Test
    void removedAndReplacedSecretsOfApiKeysAreRemembered() throws Exception {
        SERVICE.get().newProject("ci");
        String keys = "organizations/ci/api-keys/";
        JsonNode key = json(SERVICE.get().send("POST", keys, """
                {"label":"ci","scope_list":["org:read"]}""").body());
        JsonNode rotated = json(SERVICE.get()
                .send("POST", keys + key.get("id").asText() + "/rotate/", "{}")
                .body());
        SERVICE.get().send("DELETE", keys + key.get("id").asText() + "/", "");

        assertThat(remembered(key)).isEqualTo("1");
        assertThat(remembered(rotated)).isEqualTo("1");

        SERVICE.get().send("DELETE", "organizations/ci/", "");
        assertThat(remembered(key)).isEqualTo("0");
        assertThat(remembered(rotated)).isEqualTo("0");
    }

    private static String remembered(JsonNode key) throws SQLException {
        return SERVICE.postgres()
                .single("select count(*)::text from removed_api_key where key_hash = sha256('"
                        + key.get("key").asText() + "')");
    }

    private static String count(String table) {
        try {
            return SERVICE.postgres().single("select count(*)::text from " + table);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String body) throws IOException {
        return new ObjectMapper().readTree(body);
    }
}
