package dev.countersign.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.countersign.testsupport.Api;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What documents declare is stored, and a second run has nothing to do. */
@QuarkusTest
class ApplyTest extends WithDocuments {

    private static final String WHOLE = """
            name: Acme GmbH
            ingest: us
            teams: [{slug: core, name: Core}]
            projects:
              - slug: api
                name: Public API
                platform: python
                teams: [core]
                ingest: default
                allowedDomains: ["*.acme.example"]
                resolveAge: 24
                options: {"filters:releases": "1.*"}
                keys:
                  - name: Default
                    rateLimit: {window: 60, count: 100}
                    browserSdkVersion: 9.x
                    dynamicSdkLoaderOptions: {hasReplay: false}
                  - name: Off
                    isActive: false
              - slug: web
            apiKeys:
              - {label: terraform, key: "env:KEY", scope_list: ["project:read"]}
            """;

    @Test
    void everythingIsMade() {
        Outcome outcome = apply(WHOLE);

        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.steps())
                .containsExactlyInAnyOrder(
                        "+ organization ORG",
                        "+ team ORG/core",
                        "+ project ORG/api",
                        "+ team link ORG/api/core",
                        "+ key ORG/api/Default",
                        "+ key ORG/api/Off",
                        "+ project ORG/web",
                        "+ key ORG/web/Default",
                        "+ API key ORG/terraform");
        Api key = Api.bearer(keyText);
        key.get("projects/" + organization + "/api/")
                .then()
                .statusCode(200)
                .body("name", equalTo("Public API"))
                .body("platform", equalTo("python"))
                .body("ingest", equalTo("default"))
                .body("allowedDomains", contains("*.acme.example"))
                .body("resolveAge", equalTo(24))
                .body("options.'filters:releases'", equalTo("1.*"))
                .body("teams.slug", contains("core"));
        key.get("projects/" + organization + "/api/keys/")
                .then()
                .body("name", contains("Off", "Default"))
                .body("isActive", contains(false, true))
                .body("[0].rateLimit", nullValue())
                .body("[1].rateLimit.window", equalTo(60))
                .body("[1].browserSdkVersion", equalTo("9.x"))
                .body("[1].dynamicSdkLoaderOptions.hasReplay", equalTo(false))
                .body("[1].dynamicSdkLoaderOptions.hasPerformance", equalTo(true));
        operator.get("organizations/" + organization + "/")
                .then()
                .body("name", equalTo("Acme GmbH"))
                .body("ingest", equalTo("us"));
    }

    @Test
    void secondRunHasNothingToDo() {
        apply(WHOLE);

        assertThat(apply(WHOLE)).isEqualTo(new Outcome(List.of(), List.of(), List.of()));
    }

    @Test
    void dryRunPlansAndStoresNothing() {
        assertThat(dryRun(WHOLE).steps()).hasSize(9);

        operator.get("organizations/" + organization + "/").then().statusCode(404);
    }

    @Test
    void onlyDeclaredMembersAreChanged() {
        apply(WHOLE);
        operator.put("projects/" + organization + "/api/", "{\"resolveAge\": 48, \"subjectPrefix\": \"by hand\"}")
                .then()
                .statusCode(200);

        assertThat(apply(WHOLE).steps()).containsExactly("~ project ORG/api resolveAge");
        operator.get("projects/" + organization + "/api/")
                .then()
                .body("resolveAge", equalTo(24))
                .body("subjectPrefix", equalTo("by hand"));
    }

    @Test
    void nullTakesAway() {
        apply(WHOLE);

        Outcome outcome = apply("""
                ingest: ~
                projects:
                  - {slug: api, platform: null, keys: [{name: Default, rateLimit: null}]}
                """);

        assertThat(outcome.steps())
                .containsExactly(
                        "~ organization ORG ingest", "~ project ORG/api platform", "~ key ORG/api/Default rateLimit");
    }

    @Test
    void auditLogNamesTheFile() {
        apply(WHOLE);
        apply("projects: [{slug: api, name: Renamed}]");

        operator.get("organizations/" + organization + "/audit-logs/")
                .then()
                .body("rows.actor.name", org.hamcrest.Matchers.everyItem(equalTo("apply:acme.yaml")))
                .body("rows.event", hasItem("project.edit"))
                .body("rows.event", hasItem("project-team.add"));
    }

    @Test
    void idsOfNewProjectsMayBeDeclared() {
        long id = 1_000_000_000L + UUID.randomUUID().getLeastSignificantBits() % 1_000_000;

        apply("projects: [{slug: api, id: %d}]".formatted(Math.abs(id)));

        operator.get("projects/" + organization + "/api/").then().body("id", equalTo(String.valueOf(Math.abs(id))));
        assertThat(apply("projects: [{slug: api, id: 7}]").faults())
                .containsExactly(
                        "acme.yaml:3: projects[0].id: The project api is stored with the id " + Math.abs(id) + ".");
        operator.post("teams/" + organization + "/" + newTeam() + "/projects/", "{\"name\": \"next\"}")
                .then()
                .statusCode(201);
    }

    @Test
    void unknownTeamsAndHostsAreFaultsOfTheirPlaces() {
        Outcome outcome = apply("""
                projects:
                  - slug: api
                    teams: [nobody]
                  - slug: web
                    ingest: nowhere
                """);

        assertThat(outcome.faults())
                .containsExactlyInAnyOrder(
                        "acme.yaml:5: projects[0].teams[0]: The organization ORG has no team nobody.",
                        "acme.yaml:7: projects[1].ingest: \"nowhere\" is not a valid choice.");
        operator.get("organizations/" + organization + "/").then().statusCode(404);
    }

    @Test
    void storedTeamsMayBeNamed() {
        apply("name: Acme");
        String team = newTeam();

        assertThat(apply("projects: [{slug: api, teams: [%s]}]".formatted(team)).steps())
                .contains("+ team link ORG/api/" + team);
    }

    @Nested
    class FormerSlugs {

        @Test
        void organizationsTeamsAndProjectsAreRenamed() {
            apply("""
                    teams: [{slug: kernel}]
                    projects: [{slug: backend, keys: [{name: app}]}]
                    """);
            String key =
                    operator.get("projects/" + organization + "/backend/keys/").path("[0].id");

            Outcome outcome = apply("""
                    teams: [{slug: core, formerly: [kernel]}]
                    projects: [{slug: api, formerly: [backend], keys: [{name: app}]}]
                    """);

            assertThat(outcome.steps()).containsExactly("~ team ORG/core slug", "~ project ORG/api slug");
            operator.get("projects/" + organization + "/api/keys/").then().body("id", contains(key));
            operator.get("projects/" + organization + "/backend/").then().statusCode(302);
        }

        @Test
        void redirectIsTheProjectThatIsRenamedBack() {
            apply("projects: [{slug: backend}]");
            apply("projects: [{slug: api, formerly: [backend]}]");

            assertThat(apply("projects: [{slug: backend}]").steps()).containsExactly("~ project ORG/backend slug");
            operator.get("organizations/" + organization + "/projects/").then().body("slug", contains("backend"));
        }

        @Test
        void declaredSlugIsNoFormerSlugOfAnother() {
            apply("projects: [{slug: a}]");

            assertThat(apply("projects: [{slug: b, formerly: [a]}, {slug: a}]").steps())
                    .containsExactly("+ project ORG/b", "+ key ORG/b/Default");
        }
    }

    private String newTeam() {
        return operator.post("organizations/" + organization + "/teams/", "{\"slug\": \"by-hand\"}")
                .then()
                .statusCode(201)
                .extract()
                .path("slug");
    }
}
