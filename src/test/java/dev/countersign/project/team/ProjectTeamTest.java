package dev.countersign.project.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.PlainPath;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The teams of a project, also the team that a project without a team gets. */
@QuarkusTest
class ProjectTeamTest extends WithTenant {

    private String path;

    @BeforeEach
    void setPaths() {
        path = tenant.path("projects/{o}/pump-station/");
    }

    @Test
    void projectJoinsAndLeavesTeams() {
        Api.operator().post(tenant.path("organizations/{o}/teams/"), """
                {"slug":"second"}""");

        Response added = Api.operator().send("POST", path + "teams/second/");
        Response again = Api.operator().send("POST", path + "teams/second/");
        Response listed = Api.operator().get(path + "teams/");
        Response removed = Api.operator().delete(path + "teams/core/");

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(listed.jsonPath().getList("slug")).containsExactly("core", "second");
        assertThat(removed.statusCode()).isEqualTo(200);
        assertThat(removed.jsonPath().getList("teams.slug")).containsExactly("second");
        assertThat(Api.operator()
                        .get(tenant.path("teams/{o}/second/projects/"))
                        .jsonPath()
                        .getList("slug"))
                .containsExactly("pump-station");
        assertThat(Api.operator().send("POST", path + "teams/nope/").asString()).isEqualTo("""
                        {"detail":"Team does not exist."}""");
    }

    @Test
    void projectWithoutATeamGetsATeamOfItsCreator() {
        Response created = tenant.apiKey("project:write").post(tenant.path("organizations/{o}/projects/"), """
                        {"name":"No Team"}""");
        Response refused = tenant.apiKey("project:read").post(tenant.path("organizations/{o}/projects/"), """
                        {"name":"No Team"}""");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.jsonPath().getString("team_slug"))
                .startsWith("team-api-key-")
                .isEqualTo(created.jsonPath().getString("team.slug"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.jsonPath().getString("detail"))
                .isEqualTo("Your organization has disabled this feature for members.");
    }

    @Test
    void refusedProjectCreatesNoTeam() {
        Response refused = tenant.apiKey("project:write").post(tenant.path("organizations/{o}/projects/"), """
                                {"name":"Other","slug":"pump-station"}""");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(Api.operator()
                        .get(tenant.path("organizations/{o}/teams/"))
                        .jsonPath()
                        .getList("slug"))
                .containsExactly("core");
        assertThat(Api.operator()
                        .get(tenant.path("organizations/{o}/audit-logs/?per_page=1"))
                        .jsonPath()
                        .getList("rows.event"))
                .containsExactly("api-key.create");
    }

    /** The first of the projects has to create the team. */
    @Test
    void concurrentProjectsShareTheTeamOfTheirCreator() {
        String token = tenant.newApiKey("project:write");
        String list = Api.url(tenant.path("organizations/{o}/projects/"));
        Client client = Api.operator().client(Duration.ofSeconds(30));
        var answers = IntStream.range(0, 8)
                .mapToObj(i -> client.send("POST", list, """
                        {"name":"Together"}""", token))
                .toList();

        assertThat(answers).extracting(answer -> answer.join().statusCode()).containsOnly(201);
        assertThat(answers)
                .extracting(answer -> PlainPath.of(answer.join().body()).getString("team.id"))
                .containsOnly(PlainPath.of(answers.get(0).join().body()).getString("team.id"));
    }
}
