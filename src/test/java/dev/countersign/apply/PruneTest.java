package dev.countersign.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import dev.countersign.apply.plan.ApplyPolicy;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Pruning removes only what the same owner made and documents declare no more. */
@QuarkusTest
class PruneTest extends WithDocuments {

    private static final String WHOLE = """
            teams: [{slug: core}, {slug: ops}]
            projects:
              - {slug: api, teams: [core, ops], keys: [{name: a}, {name: b}]}
              - {slug: web, keys: [{name: a}]}
            apiKeys: [{label: ci, key: "env:KEY", scope_list: ["org:read"]}]
            """;

    @Test
    void rowsOfTheOwnerAreRemoved() {
        apply(WHOLE);

        Outcome outcome = prune("""
                teams: [{slug: core}]
                projects: [{slug: api, teams: [core], keys: [{name: a}]}]
                apiKeys: []
                """);

        assertThat(outcome.steps())
                .containsExactlyInAnyOrder(
                        "- team ORG/ops",
                        "- team link ORG/api/ops",
                        "- key ORG/api/b",
                        "- project ORG/web",
                        "- API key ORG/ci");
        operator.get("organizations/" + organization + "/projects/").then().body("slug", contains("api"));
        operator.get("organizations/" + organization + "/teams/").then().body("slug", contains("core"));
        operator.get("projects/" + organization + "/api/keys/").then().body("name", contains("a"));
    }

    @Test
    void nothingIsRemovedWithoutPruning() {
        apply(WHOLE);

        assertThat(apply("teams: []\nprojects: []\napiKeys: []\n").steps()).isEmpty();
    }

    @Test
    void absentListsAreNotPruned() {
        apply(WHOLE);

        assertThat(prune("name: Acme").steps()).containsExactly("~ organization ORG name");
        assertThat(prune("projects: [{slug: api}, {slug: web}]").steps()).isEmpty();
    }

    @Test
    void rowsOfOthersStay() {
        apply(WHOLE);
        operator.post("projects/" + organization + "/api/keys/", "{\"name\": \"by hand\"}");
        apply(new ApplyPolicy("other", false, false), "projects: [{slug: api, keys: [{name: c}]}]");

        assertThat(prune("projects: [{slug: api, keys: []}, {slug: web}]").steps())
                .containsExactlyInAnyOrder("- key ORG/api/a", "- key ORG/api/b");
        operator.get("projects/" + organization + "/api/keys/").then().body("name", contains("c", "by hand"));
    }

    @Test
    void projectsAndTeamsThatOthersUseAreFaults() {
        apply(WHOLE);
        operator.post("projects/" + organization + "/web/keys/", "{\"name\": \"by hand\"}");
        operator.post("projects/" + organization + "/web/teams/ops/", "{}")
                .then()
                .statusCode(201);

        Outcome outcome = prune("teams: [{slug: core}]\nprojects: [{slug: api, teams: [core]}]\n");

        assertThat(outcome.faults())
                .containsExactly(
                        "acme.yaml:3: teams: The team ops is declared no more, and has projects that somebody else added"
                                + " to it.",
                        "acme.yaml:4: projects: The project web is declared no more, and has client keys or teams that"
                                + " somebody else added.");
        assertThat(outcome.steps()).isEmpty();
        operator.get("projects/" + organization + "/web/").then().statusCode(200);
    }

    @Test
    void removalsAreInTheAuditLog() {
        apply(WHOLE);
        prune("projects: []");

        operator.get("organizations/" + organization + "/audit-logs/?event=project.remove")
                .then()
                .body("rows.actor.name", contains("apply:acme.yaml", "apply:acme.yaml"));
        operator.get("organizations/" + organization + "/audit-logs/?event=projectkey.remove")
                .then()
                .body("rows", empty());
    }
}
