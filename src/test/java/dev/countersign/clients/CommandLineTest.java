package dev.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.Link;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests of the two command lines: sentry 0.49.0 and {@code @sentry/cli} 3.8.0. */
@QuarkusTest
class CommandLineTest extends WithTenant {

    private SentryClient sentry;
    private SentryClient sentryCli;

    @BeforeEach
    void createClients() {
        sentry = SentryClient.of(tenant, "sentry-cli/0.49.0 (linux-x64) node/20.20.2");
        sentryCli = SentryClient.of(tenant, "sentry-cli/3.8.0");
    }

    @Test
    void dsnListFindsEachProjectByItsId() {
        Response keys = sentry.get(tenant.path("organizations/{o}/project-keys/?per_page=3&project=-1"), 200);
        long projectId = keys.jsonPath().getLong("[0].projectId");
        JsonPath project = sentry.get(tenant.path("projects/{o}/") + projectId + "/?collapse=organization", 200)
                .jsonPath();

        assertThat(keys.header("Link")).contains("rel=\"next\"; results=\"false\"");
        assertThat(project.getString("slug")).isEqualTo(tenant.project());
    }

    @Test
    void dsnListFollowsTheLinks() {
        for (int i = 1; i < 25; i++) {
            tenant.newKey("{}");
        }
        Set<String> seen = new HashSet<>();
        Response page = sentry.get(tenant.keys() + "?per_page=10", 200);
        for (int i = 0; i < 3; i++) {
            seen.addAll(page.jsonPath().getList("dsn.public"));
            Link link = new Link(page.header("Link"));
            assertThat(link.leadsTo("next")).isEqualTo(i < 2);
            String cursor = link.cursor("next").replace(":", "%3A");
            page = sentry.get(tenant.keys() + "?cursor=" + cursor + "&per_page=10", 200);
        }

        assertThat(seen).hasSize(25);
        assertThat(page.jsonPath().getList("")).isEmpty();
    }

    @Test
    void projectIsCreatedViewedAndDeleted() {
        String owner = tenant.organization();
        assertThat(sentry.get("organizations/" + owner + "/teams/", 200)
                        .jsonPath()
                        .getList("slug"))
                .isEqualTo(List.of("core"));
        JsonPath made =
                sentry.post("teams/" + owner + "/core/projects/", """
                                {"name":"cli-made","platform":"java"}""", 201).jsonPath();
        assertThat(made.getString("slug")).isEqualTo("cli-made");
        assertThat(sentry.get("projects/" + owner + "/cli-made/keys/", 200)
                        .jsonPath()
                        .getString("[0].dsn.public"))
                .isNotEmpty();
        JsonPath view = sentry.get("projects/" + owner + "/cli-made/?collapse=organization", 200)
                .jsonPath();
        assertThat(view.getString("organization.slug")).isEqualTo(owner);
        sentry.delete("projects/" + owner + "/cli-made/", 204);
        sentry.get("projects/" + owner + "/cli-made/?collapse=organization", 404);
    }

    @Test
    void projectIsFoundByItsDsn() {
        String key = sentry.get(tenant.keys(), 200).jsonPath().getString("[0].public");
        JsonPath regions = sentry.get("users/me/regions/", 200).jsonPath();
        JsonPath found = sentry.get("projects/?query=dsn%3A" + key, 200).jsonPath();

        assertThat(regions.getString("regions[0].url")).isEqualTo(Api.URL_PREFIX);
        assertThat(regions.getString("regions[0].name")).isNotEmpty();
        assertThat(found.getList("slug")).isEqualTo(List.of(tenant.project()));
        assertThat(found.getString("[0].organization.slug")).isEqualTo(tenant.organization());
        assertThat(sentry.get("projects/?query=dsn%3A" + "0".repeat(32), 200).asString())
                .isEqualTo("[]");
    }

    @Test
    void infoReadsTheScopes() {
        JsonPath info = sentryCli.get("", 200).jsonPath();

        assertThat(info.getList("auth.scopes")).isEqualTo(List.of("project:admin", "team:admin", "org:admin"));
        assertThat(info.getMap("user")).isNull();
    }

    @Test
    void listsTakeAnEmptyCursor() {
        JsonPath organizations = sentryCli.get("organizations/?cursor=", 200).jsonPath();
        JsonPath projects = sentryCli
                .get(tenant.path("organizations/{o}/projects/?cursor="), 200)
                .jsonPath();

        for (String member : new String[] {"isEarlyAdopter", "require2FA", "requireEmailVerification"}) {
            assertThat(organizations.<Object>get("[0]." + member)).as(member).isInstanceOf(Boolean.class);
        }
        assertThat(organizations.getString("[0].dateCreated")).endsWith("Z");
        assertThat(organizations.<Object>get("[0].features")).isInstanceOf(List.class);
        assertThat(projects.<Object>get("[0].id")).isInstanceOf(String.class);
        assertThat(projects.getString("[0].team.slug")).isEqualTo("core");
    }

    @Test
    void renamedProjectRedirectsToItsNewSlug() {
        String path = tenant.path("projects/{o}/{p}/");
        sentryCli.put(path, """
                {"slug":"moved-here"}""", 200);
        Response moved = sentryCli.get(path, 302);

        assertThat(moved.jsonPath().getString("slug")).isEqualTo("moved-here");
        assertThat(moved.jsonPath().getString("detail.extra.slug")).isEqualTo("moved-here");
        assertThat(moved.header("Location")).isEqualTo("/api/0/projects/" + tenant.organization() + "/moved-here/");
    }
}
