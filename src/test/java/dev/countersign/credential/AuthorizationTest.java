package dev.countersign.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.countersign.relay.TestRelay;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.issuer.TestIssuer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Method by path by credential, in the order of Sentry's checks: 401, scope 403, 404, other organization 403. */
@QuarkusTest
class AuthorizationTest {

    private static final List<String> SCOPES = List.of(
            "org:read",
            "org:write",
            "org:admin",
            "team:read",
            "team:write",
            "team:admin",
            "project:read",
            "project:write",
            "project:admin",
            "event:admin");

    private static final String OWN = "/api/countersign/v1/";

    private static final Set<String> PROJECT_READ = Set.of("project:read", "project:write", "project:admin");
    private static final Set<String> PROJECT_WRITE = Set.of("project:write", "project:admin");
    private static final Set<String> PROJECT_ADMIN = Set.of("project:admin");
    private static final Set<String> ORG_READ = Set.of("org:read", "org:write", "org:admin");
    private static final Set<String> ORG_WRITE = Set.of("org:write", "org:admin");
    private static final Set<String> ORG_ADMIN = Set.of("org:admin");
    private static final Set<String> TEAM_READ = Set.of("team:read", "team:write", "team:admin");
    private static final Set<String> TEAM_WRITE = Set.of("team:write", "team:admin");

    /** Not called with a scope that may: it would be gone for the other cases, or it asks the body for more. */
    private static final Set<String> SPARED = Set.of(
            "DELETE organizations/{organization}/",
            "DELETE teams/{organization}/{team}/",
            "DELETE projects/{organization}/{project}/",
            "POST organizations/{organization}/projects/");

    private static @Nullable Fixture made;

    private Tenant tenant;
    private Tenant other;

    /** Once for all cases: each needs a key and a token of every scope, and changes nothing. */
    @BeforeEach
    void fixture() {
        Fixture fixture = made == null ? Fixture.create() : made;
        made = fixture;
        tenant = fixture.tenant();
        other = fixture.other();
    }

    @AfterAll
    static void forget() {
        made = null;
    }

    static Stream<Arguments> endpoints() {
        return Stream.of(
                Arguments.of("GET", "projects/{organization}/{project}/keys/", PROJECT_READ),
                Arguments.of("HEAD", "projects/{organization}/{project}/keys/", PROJECT_READ),
                Arguments.of("POST", "projects/{organization}/{project}/keys/", PROJECT_WRITE),
                Arguments.of("GET", "projects/{organization}/{project}/keys/{key}/", PROJECT_READ),
                Arguments.of("HEAD", "projects/{organization}/{project}/keys/{key}/", PROJECT_READ),
                Arguments.of("PUT", "projects/{organization}/{project}/keys/{key}/", PROJECT_WRITE),
                Arguments.of("DELETE", "projects/{organization}/{project}/keys/{key}/", PROJECT_ADMIN),
                Arguments.of("GET", "projects/{organization}/{project}/keys/{key}/stats/", PROJECT_READ),
                Arguments.of("POST", OWN + "projects/{organization}/{project}/keys/{key}/rotate/", PROJECT_WRITE),
                Arguments.of("GET", OWN + "organizations/{organization}/key-usage/", ORG_READ),
                Arguments.of("GET", OWN + "organizations/{organization}/rejected-keys/", ORG_READ),
                Arguments.of("GET", OWN + "projects/{organization}/{project}/named-keys/{name}/", PROJECT_READ),
                Arguments.of("HEAD", OWN + "projects/{organization}/{project}/named-keys/{name}/", PROJECT_READ),
                Arguments.of("PUT", OWN + "projects/{organization}/{project}/named-keys/{name}/", PROJECT_WRITE),
                Arguments.of("DELETE", OWN + "projects/{organization}/{project}/named-keys/{name}/", PROJECT_ADMIN),
                Arguments.of("GET", OWN + "projects/{organization}/{project}/named-keys/{name}/env/", PROJECT_READ),
                Arguments.of("GET", OWN + "organizations/{organization}/env/", PROJECT_READ),
                Arguments.of("GET", "organizations/{organization}/project-keys/", ORG_READ),
                Arguments.of("HEAD", "organizations/{organization}/project-keys/", ORG_READ),
                Arguments.of("GET", "projects/{organization}/{project}/", PROJECT_READ),
                Arguments.of("PUT", "projects/{organization}/{project}/", PROJECT_READ),
                Arguments.of("DELETE", "projects/{organization}/{project}/", PROJECT_ADMIN),
                Arguments.of("GET", "projects/{organization}/{project}/teams/", PROJECT_READ),
                Arguments.of("POST", "projects/{organization}/{project}/teams/{team}/", PROJECT_WRITE),
                Arguments.of("DELETE", "projects/{organization}/{project}/teams/{team}/", PROJECT_WRITE),
                Arguments.of("GET", "organizations/{organization}/", ORG_READ),
                Arguments.of("PUT", "organizations/{organization}/", ORG_WRITE),
                Arguments.of("DELETE", "organizations/{organization}/", ORG_ADMIN),
                Arguments.of("GET", "organizations/{organization}/projects/", ORG_READ),
                Arguments.of("POST", "organizations/{organization}/projects/", PROJECT_READ),
                Arguments.of("GET", "organizations/{organization}/teams/", union(ORG_READ, TEAM_READ)),
                Arguments.of("POST", "organizations/{organization}/teams/", union(ORG_WRITE, TEAM_WRITE)),
                Arguments.of("GET", "organizations/{organization}/api-keys/", ORG_ADMIN),
                Arguments.of("POST", "organizations/{organization}/api-keys/", ORG_ADMIN),
                Arguments.of("GET", "organizations/{organization}/api-keys/{id}/", ORG_ADMIN),
                Arguments.of("PUT", "organizations/{organization}/api-keys/{id}/", ORG_ADMIN),
                Arguments.of("DELETE", "organizations/{organization}/api-keys/{id}/", ORG_ADMIN),
                Arguments.of("POST", "organizations/{organization}/api-keys/{id}/rotate/", ORG_ADMIN),
                Arguments.of("GET", "organizations/{organization}/audit-logs/", ORG_WRITE),
                Arguments.of("POST", "projects/{organization}/{project}/wizard/{hash}/", ORG_ADMIN),
                Arguments.of("GET", "teams/{organization}/{team}/", TEAM_READ),
                Arguments.of("PUT", "teams/{organization}/{team}/", TEAM_WRITE),
                Arguments.of("DELETE", "teams/{organization}/{team}/", Set.of("team:admin")),
                Arguments.of("GET", "teams/{organization}/{team}/projects/", PROJECT_READ),
                Arguments.of("POST", "teams/{organization}/{team}/projects/", union(PROJECT_WRITE, ORG_WRITE)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("endpoints")
    void checksOfATokenOfAnIssuerAreThoseOfAnApiKey(String method, String template, Set<String> scopes) {
        String path = path(template, tenant.organization());
        for (String scope : SCOPES) {
            Api token = token(scope);
            boolean may = scopes.contains(scope);
            if (!may || !SPARED.contains(method + " " + template)) {
                int status = token.status(method, path);
                assertThat(status == 403).as(scope + ": " + status).isEqualTo(!may);
                assertThat(status).as(scope).isNotIn(401, 405, 500);
            }
            assertStatus(token, method, path(template, other.organization()), 403);
            assertStatus(token, method, path(template, "no-such-organization"), may ? 404 : 403);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("endpoints")
    void checksComeInSentrysOrder(String method, String template, Set<String> scopes) {
        String path = path(template, tenant.organization());
        String foreign = path(template, other.organization());
        String missing = path(template, "no-such-organization");

        assertStatus(Api.anonymous(), method, path, 401);
        assertStatus(Api.anonymous(), method, missing, 401);
        for (String scope : SCOPES) {
            Api key = key(scope);
            boolean may = scopes.contains(scope);
            if (!may || !SPARED.contains(method + " " + template)) {
                int status = key.status(method, path);
                assertThat(status == 403).as(scope + ": " + status).isEqualTo(!may);
                assertThat(status).as(scope).isNotIn(401, 405, 500);
            }
            assertStatus(key, method, foreign, 403);
            assertStatus(key, method, missing, may ? 404 : 403);
        }
    }

    @Test
    void everyOperationOfAnOrganizationHasItsCase() throws IOException {
        Set<String> cases = endpoints()
                .map(row -> row.get()[0] + " " + Api.url((String) row.get()[1]))
                .collect(Collectors.toSet());

        var paths =
                new YAMLMapper().readTree(new File("docs/openapi/openapi.yaml")).path("paths");

        List<String> operations = new ArrayList<>();
        paths.properties().stream()
                .filter(path -> path.getKey().contains("{organization}"))
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(operations).hasSizeGreaterThan(20).isSubsetOf(cases);
    }

    static Stream<Arguments> listsOfAll() {
        return Stream.of(Arguments.of("organizations/", ORG_READ), Arguments.of("projects/", PROJECT_READ));
    }

    @ParameterizedTest(name = "GET {0}")
    @MethodSource("listsOfAll")
    void aListOfAllAsksForAScopeOnly(String path, Set<String> scopes) {
        assertStatus(Api.anonymous(), "GET", path, 401);
        for (String scope : SCOPES) {
            assertStatus(token(scope), "GET", path, scopes.contains(scope) ? 200 : 403);
            assertStatus(key(scope), "GET", path, scopes.contains(scope) ? 200 : 403);
        }
    }

    /** A relay signs; no credential stands for a signature, and a bad one does no harm. */
    @ParameterizedTest(name = "POST {0}")
    @ValueSource(strings = {"projectconfigs/?version=3", "projectids/", "publickeys/", "outcomes/"})
    void aRelayIsAuthenticatedByItsSignatureOnly(String path) {
        for (Api api : List.of(Api.operator(), key("org:admin"), Api.anonymous(), Api.bearer("bad"))) {
            assertThat(api.post("relays/" + path, "{}").asString()).isEqualTo("""
                    {"detail":"Invalid relay ID"}""");
        }
        assertThat(TestRelay.TRUSTED.post(path, "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyIsReadOnlyAfterAllLookUps() {
        Api key = key("project:admin");
        String malformed = "{";

        assertThat(Api.anonymous().post(tenant.keys(), malformed).statusCode()).isEqualTo(401);
        assertThat(key("org:read").post(tenant.keys(), malformed).statusCode()).isEqualTo(403);
        assertThat(key.post("projects/no/such/keys/", malformed).statusCode()).isEqualTo(404);
        assertThat(key.post(other.keys(), malformed).statusCode()).isEqualTo(403);
        assertThat(key.put(tenant.key("nope"), malformed).statusCode()).isEqualTo(404);
        assertThat(key.post(tenant.keys(), malformed).statusCode()).isEqualTo(400);
    }

    @Test
    void anApiKeyCannotCreateAnOrganization() {
        var response = key("org:admin").post("organizations/", "{\"name\":\"x\"}");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.jsonPath().getString("detail")).isEqualTo("This endpoint requires user info");
    }

    @Test
    void aTokenOfAnIssuerCannotCreateAnOrganization() {
        var response = TestIssuer.api(tenant, "org:admin").post("organizations/", """
                {"name":"x"}""");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.jsonPath().getString("detail")).isEqualTo("This endpoint requires user info");
    }

    @Test
    void aReaderMayOnlySetTheBookmarkOfAProject() {
        String path = "projects/" + tenant.organization() + "/" + tenant.project() + "/";

        assertThat(key("project:read").put(path, "{\"isBookmarked\":true}").statusCode())
                .isEqualTo(200);
        assertThat(key("project:read").put(path, "{\"name\":\"x\"}").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aKeySeesItsOwnOrganizationAndProjectsOnly() {
        assertThat(key("org:read").get("organizations/").jsonPath().getList("slug"))
                .isEqualTo(List.of(tenant.organization()));
        assertThat(TestIssuer.api(tenant, "org:read")
                        .get("organizations/")
                        .jsonPath()
                        .getList("slug"))
                .isEqualTo(List.of(tenant.organization()));
        assertThat(key("project:read").get("projects/?per_page=100").jsonPath().getList("organization.slug"))
                .containsOnly(tenant.organization());
    }

    private static Api key(String scope) {
        return Objects.requireNonNull(Objects.requireNonNull(made).keys().get(scope), scope);
    }

    /** A token of an issuer. To sign one for each request would take most of the time. */
    private static Api token(String scope) {
        return Objects.requireNonNull(Objects.requireNonNull(made).tokens().get(scope), scope);
    }

    private static String path(String template, String organization) {
        return template.replace("{organization}", organization)
                .replace("{project}", "pump-station")
                .replace("{team}", "core")
                .replace("{key}", "nope")
                .replace("{name}", "nope")
                .replace("{id}", "0")
                .replace("{hash}", "0".repeat(64));
    }

    private static void assertStatus(Api api, String method, String path, int expected) {
        assertThat(api.status(method, path))
                .as(method + " " + path + " as " + api.authorization())
                .isEqualTo(expected);
    }

    private static Set<String> union(Set<String> one, Set<String> two) {
        List<String> all = new ArrayList<>(one);
        all.addAll(two);
        return Set.copyOf(all);
    }

    private record Fixture(Tenant tenant, Tenant other, Map<String, Api> keys, Map<String, Api> tokens) {
        static Fixture create() {
            Tenant tenant = Tenant.create();
            return new Fixture(
                    tenant,
                    Tenant.create(),
                    SCOPES.stream().collect(Collectors.toMap(scope -> scope, scope -> tenant.apiKey(scope))),
                    SCOPES.stream().collect(Collectors.toMap(scope -> scope, scope -> TestIssuer.api(tenant, scope))));
        }
    }
}
