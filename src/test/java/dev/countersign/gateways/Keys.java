package dev.countersign.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The keys of two projects, for attacks.
 *
 * @param project the project of all keys but one
 * @param good a key that passes
 * @param off a key that is switched off
 * @param expired a key whose time is over
 * @param foreign a good key of another organization's project
 * @param unknown a public key that nobody has
 */
record Keys(Tenant project, String good, String off, String expired, String foreign, String unknown) {

    /** Creates them. */
    static Keys create(GatedStore.Running running) throws SQLException {
        Tenant tenant = running.newTenant();
        JsonPath off = newKey(tenant, "{}");
        assertThat(Api.operator().put(tenant.key(off.getString("id")), """
                                {"isActive":false}""").statusCode())
                .isEqualTo(200);
        String expired = newKey(tenant, "{}").getString("public");
        running.sql(
                "update project_key set date_expires = now() - interval '1 hour' where public_key = '" + expired + "'");
        return new Keys(
                tenant,
                newKey(tenant, "{}").getString("public"),
                off.getString("public"),
                expired,
                newKey(Tenant.create(), "{}").getString("public"),
                UUID.randomUUID().toString().replace("-", ""));
    }

    /** Creates a key. */
    static JsonPath newKey(Tenant tenant, String json) {
        Response created = Api.operator().post(tenant.keys(), json);
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        return created.jsonPath();
    }

    /** A text with {@code {good}}, {@code {project}} and the like filled in. */
    String fill(String template) {
        return template.replace("{project}", String.valueOf(project.projectId()))
                .replace("{good}", good)
                .replace("{off}", off)
                .replace("{expired}", expired)
                .replace("{foreign}", foreign)
                .replace("{unknown}", unknown)
                .replace("{basic off}", basic(off))
                .replace("{basic good}", basic(good))
                .replace("{8 KiB}", "a".repeat(8 * 1024))
                .replace("{U+00A0}", "\u00a0")
                .replace("{U+0085}", "\u0085");
    }

    /** Whether a text holds a key that no request may bring to the store. */
    boolean shows(String text) {
        return Stream.of(off, expired, foreign, unknown).anyMatch(text::contains);
    }

    private static String basic(String key) {
        return Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.US_ASCII));
    }
}
