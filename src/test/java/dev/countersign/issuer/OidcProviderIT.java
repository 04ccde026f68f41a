package dev.countersign.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.issuer.OidcProvider;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tokens of a real OpenID provider, with the claims of GitHub Actions and of Keycloak, and the settings that docs/issuers.md gives for
 * them.
 */
@Tag("tools")
class OidcProviderIT {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    private static String keys = "";

    @BeforeAll
    static void createProject() throws Exception {
        try (PackagedService service = PackagedService.startMigrated(POSTGRES.server(), Map.of())) {
            keys = service.newProject("acme");
        }
    }

    @Test
    void jobOfTheRepositoryMakesAKeyAndNoOtherDoes() throws Exception {
        try (OidcProvider github = OidcProvider.start("github");
                PackagedService service = start(github(github))) {
            HttpResponse<String> made = create(service, github.token("acme/app@main"));
            HttpResponse<String> branch = create(service, github.token("acme/app@feature"));
            HttpResponse<String> stranger = create(service, github.token("mallory/app@main"));

            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            assertThat(branch.statusCode()).isEqualTo(403);
            assertThat(stranger.statusCode()).isEqualTo(403);
            assertThat(stranger.body())
                    .contains("No grant of issuer github matches: sub=\\\"repo:mallory/app:ref:refs/heads/main\\\","
                            + " repository_owner_id=\\\"666\\\"");
            assertThat(service.send("GET", "organizations/acme/audit-logs/", "").body())
                    .contains("\"github:repo:acme/app:ref:refs/heads/main\"");
        }
    }

    @Test
    void roleInKeycloakDecides() throws Exception {
        try (OidcProvider keycloak = OidcProvider.start("keycloak");
                PackagedService service = start(keycloak(keycloak))) {
            HttpResponse<String> made = create(service, keycloak.token("countersign-admin"));
            HttpResponse<String> refused = create(service, keycloak.token("viewer"));

            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body())
                    .contains("No grant of issuer keycloak matches: /realm_access/roles=[\\\"offline_access\\\","
                            + "\\\"viewer\\\",\\\"default-roles-acme\\\"]");
        }
    }

    @Test
    void keyIsRotatedAndTheIssuerGoesDownWhileTheServiceRuns() throws Exception {
        try (OidcProvider github = OidcProvider.start("github");
                PackagedService service = start(github(github))) {
            String before = github.token("acme/app@main");
            String unused = github.token("acme/app@main");
            assertThat(create(service, before).statusCode()).isEqualTo(201);

            github.rotate();
            String after = github.token("acme/app@main");
            assertThat(keyId(after)).isNotEqualTo(keyId(before));
            assertThat(create(service, after).statusCode()).as("the new key").isEqualTo(201);
            assertThat(create(service, before).statusCode())
                    .as("the old key is still shown")
                    .isEqualTo(201);

            String last = github.token("acme/app@main");
            github.stop();
            assertThat(create(service, unused).statusCode())
                    .as("a new token of a known key")
                    .isEqualTo(201);
            assertThat(create(service, last).statusCode()).isEqualTo(201);
        }
    }

    private static String keyId(String token) {
        return token.substring(0, token.indexOf('.'));
    }

    private static HttpResponse<String> create(PackagedService service, String token) throws Exception {
        return service.send(token, "POST", keys, """
                {"name":"app"}""");
    }

    private static PackagedService start(Map<String, String> settings) throws Exception {
        return PackagedService.startMigrated(POSTGRES.server(), settings);
    }

    private static Map<String, String> github(OidcProvider issuer) {
        return Map.of(
                "COUNTERSIGN_ISSUERS_GITHUB_ISSUER", issuer.url(),
                "COUNTERSIGN_ISSUERS_GITHUB_AUDIENCE", "https://keys.example.com",
                "COUNTERSIGN_ISSUERS_GITHUB_JWKS_URL", issuer.keys(),
                "COUNTERSIGN_ISSUERS_GITHUB_GRANTS_0__CLAIM", "sub",
                "COUNTERSIGN_ISSUERS_GITHUB_GRANTS_0__MATCHES", "repo:acme/*:ref:refs/heads/main",
                "COUNTERSIGN_ISSUERS_GITHUB_GRANTS_0__AND_0__CLAIM", "repository_owner_id",
                "COUNTERSIGN_ISSUERS_GITHUB_GRANTS_0__AND_0__MATCHES", "1234567",
                "COUNTERSIGN_ISSUERS_GITHUB_GRANTS_0__ORGANIZATION", "acme",
                "COUNTERSIGN_ISSUERS_GITHUB_GRANTS_0__SCOPES", "project:read,project:write");
    }

    private static Map<String, String> keycloak(OidcProvider issuer) {
        return Map.of(
                "COUNTERSIGN_ISSUERS_KEYCLOAK_ISSUER", issuer.url(),
                "COUNTERSIGN_ISSUERS_KEYCLOAK_AUDIENCE", "countersign",
                "COUNTERSIGN_ISSUERS_KEYCLOAK_JWKS_URL", issuer.keys(),
                "COUNTERSIGN_ISSUERS_KEYCLOAK_GRANTS_0__CLAIM", "/realm_access/roles",
                "COUNTERSIGN_ISSUERS_KEYCLOAK_GRANTS_0__MATCHES", "countersign-admin",
                "COUNTERSIGN_ISSUERS_KEYCLOAK_GRANTS_0__ORGANIZATION", "acme",
                "COUNTERSIGN_ISSUERS_KEYCLOAK_GRANTS_0__SCOPES", "org:admin,project:admin");
    }
}
