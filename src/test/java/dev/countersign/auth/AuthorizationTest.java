package dev.countersign.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
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

    private static final Set<String> PROJECT_READ = Set.of("project:read", "project:write", "project:admin");
    private static final Set<String> PROJECT_WRITE = Set.of("project:write", "project:admin");
    private static final Set<String> PROJECT_ADMIN = Set.of("project:admin");
    private static final Set<String> ORG_READ = Set.of("org:read", "org:write", "org:admin");
    private static final Set<String> ORG_WRITE = Set.of("org:write", "org:admin");
    private static final Set<String> ORG_ADMIN = Set.of("org:admin");
    private static final Set<String> TEAM_READ = Set.of("team:read", "team:write", "team:admin");
    private static final Set<String> TEAM_WRITE = Set.of("team:write", "team:admin");

    private static @Nullable Fixture made;

    private Tenant tenant;
    private Tenant other;

    /** Once for all cases: each needs a key of every scope, and changes nothing. */
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
                Arguments.of("GET", "projects/{o}/{p}/keys/", PROJECT_READ),
                Arguments.of("HEAD", "projects/{o}/{p}/keys/", PROJECT_READ),
                Arguments.of("POST", "projects/{o}/{p}/keys/", PROJECT_WRITE),
                Arguments.of("GET", "projects/{o}/{p}/keys/nope/", PROJECT_READ),
                Arguments.of("PUT", "projects/{o}/{p}/keys/nope/", PROJECT_WRITE),
                Arguments.of("DELETE", "projects/{o}/{p}/keys/nope/", PROJECT_ADMIN),
                Arguments.of("GET", "organizations/{o}/project-keys/", ORG_READ),
                Arguments.of("GET", "projects/{o}/{p}/", PROJECT_READ),
                Arguments.of("PUT", "projects/{o}/{p}/", PROJECT_READ),
                Arguments.of("GET", "projects/{o}/{p}/teams/", PROJECT_READ),
                Arguments.of("POST", "projects/{o}/{p}/teams/core/", PROJECT_WRITE),
                Arguments.of("GET", "organizations/{o}/", ORG_READ),
                Arguments.of("PUT", "organizations/{o}/", ORG_WRITE),
                Arguments.of("GET", "organizations/{o}/projects/", ORG_READ),
                Arguments.of("GET", "organizations/{o}/teams/", union(ORG_READ, TEAM_READ)),
                Arguments.of("POST", "organizations/{o}/teams/", union(ORG_WRITE, TEAM_WRITE)),
                Arguments.of("GET", "organizations/{o}/api-keys/", ORG_ADMIN),
                Arguments.of("POST", "organizations/{o}/api-keys/", ORG_ADMIN),
                Arguments.of("GET", "teams/{o}/core/", TEAM_READ),
                Arguments.of("PUT", "teams/{o}/core/", TEAM_WRITE),
                Arguments.of("GET", "teams/{o}/core/projects/", PROJECT_READ),
                Arguments.of("POST", "teams/{o}/core/projects/", union(PROJECT_WRITE, ORG_WRITE)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("endpoints")
    void checksComeInSentrysOrder(String method, String template, Set<String> scopes) {
        String path = path(template, tenant.organization());
        String foreign = path(template, other.organization());
        String missing = path(template, "no-such-organization");

        assertThat(Api.anonymous().send(method, path).statusCode())
                .as("no credential")
                .isEqualTo(401);
        assertThat(Api.anonymous().send(method, missing).statusCode())
                .as("no credential, no organization")
                .isEqualTo(401);
        for (String scope : SCOPES) {
            Api key = key(scope);
            boolean may = scopes.contains(scope);
            if (may) {
                assertThat(key.send(method, path).statusCode()).as(scope).isNotIn(401, 403, 405, 500);
                assertThat(key.send(method, foreign).statusCode())
                        .as(scope + ", foreign")
                        .isEqualTo(403);
                assertThat(key.send(method, missing).statusCode())
                        .as(scope + ", missing")
                        .isEqualTo(404);
            } else {
                assertThat(key.send(method, path).statusCode()).as(scope).isEqualTo(403);
                assertThat(key.send(method, missing).statusCode())
                        .as(scope + ", missing")
                        .isEqualTo(403);
            }
        }
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
        assertThat(key("project:read").get("projects/?per_page=100").jsonPath().getList("organization.slug"))
                .containsOnly(tenant.organization());
    }

    private static Api key(String scope) {
        return Objects.requireNonNull(Objects.requireNonNull(made).keys().get(scope), scope);
    }

    private static String path(String template, String organization) {
        return template.replace("{o}", organization).replace("{p}", "pump-station");
    }

    private static Set<String> union(Set<String> one, Set<String> two) {
        List<String> all = new ArrayList<>(one);
        all.addAll(two);
        return Set.copyOf(all);
    }

    private record Fixture(Tenant tenant, Tenant other, Map<String, Api> keys) {
        static Fixture create() {
            Tenant tenant = Tenant.create();
            return new Fixture(
                    tenant,
                    Tenant.create(),
                    SCOPES.stream().collect(Collectors.toMap(scope -> scope, scope -> tenant.apiKey(scope))));
        }
    }
}
