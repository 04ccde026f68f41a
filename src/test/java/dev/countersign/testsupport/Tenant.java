package dev.countersign.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An organization with a team and a project, made through the API for one test.
 *
 * @param organization its slug
 * @param team the slug of its team
 * @param project the slug of its project
 * @param projectId the id of its project
 */
public record Tenant(String organization, String team, String project, long projectId) {

    /** Creates an organization with a random slug, a team and a project. */
    public static Tenant create() {
        String slug = "org-" + UUID.randomUUID().toString().substring(0, 13);
        created(Api.operator().post("organizations/", """
                {"name":"Test","slug":"%s"}""".formatted(slug)));
        created(Api.operator().post("organizations/" + slug + "/teams/", """
                {"slug":"core"}"""));
        long projectId = created(Api.operator().post("teams/" + slug + "/core/projects/", """
                                {"name":"Pump Station","platform":"java"}"""))
                .jsonPath()
                .getLong("id");
        return new Tenant(slug, "core", "pump-station", projectId);
    }

    /** A path of this tenant: {@code {o}}, {@code {p}} and {@code {t}} stand for its organization, project and team. */
    public String path(String template) {
        return template.replace("{o}", organization).replace("{p}", project).replace("{t}", team);
    }

    /** The path of its project's keys. */
    public String keys() {
        return path("projects/{o}/{p}/keys/");
    }

    /** The path of one of its project's keys. */
    public String key(String id) {
        return keys() + id + "/";
    }

    /** The path to which an SDK submits an event of its project, with a key in the query. */
    public String store(String publicKey) {
        return "/api/" + projectId + "/store/?sentry_key=" + publicKey;
    }

    /** The path of the key of a name. */
    public String named(String name) {
        return path("/api/countersign/v1/projects/{o}/{p}/named-keys/") + encode(name) + "/";
    }

    /** The path of the environment variables of a key, which a reference names. */
    public String environment(String reference) {
        return path("/api/countersign/v1/organizations/{o}/env/?ref=") + encode(reference);
    }

    /** Calls with a new API key with these scopes. */
    public Api apiKey(String... scopes) {
        return Api.bearer(newApiKey(scopes));
    }

    /** The secret of a new API key with these scopes. */
    public String newApiKey(String... scopes) {
        String list = List.of(scopes).stream().map(scope -> '"' + scope + '"').collect(Collectors.joining(","));
        return created(Api.operator().post("organizations/" + organization + "/api-keys/", """
                                        {"label":"test","scope_list":[%s]}""".formatted(list)))
                .jsonPath()
                .getString("key");
    }

    /** The id of a new client key. */
    public String newKey(String json) {
        return created(Api.operator().post(keys(), json)).jsonPath().getString("id");
    }

    /**
     * The id of a new client key that has just expired, without having been switched off. A rotation ends the key at once, and
     * the removal of the successor leaves the end.
     */
    public String newExpiredKey(String name) {
        String id = newKey("""
                {"name":"%s"}""".formatted(name));
        Response successor = created(rotate(id, """
                {"overlap":"0s"}"""));
        Api.operator().delete(key(successor.jsonPath().getString("id")));
        return id;
    }

    /** The answer to the rotation of a client key. */
    public Response rotate(String id, String json) {
        return Api.operator().post(rotation(id), json);
    }

    /** The path of the rotation of a client key. */
    public String rotation(String id) {
        return path("/api/countersign/v1/projects/{o}/{p}/keys/") + id + "/rotate/";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Response created(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        return response;
    }
}
