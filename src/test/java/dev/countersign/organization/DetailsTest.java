package dev.countersign.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The details of organizations and teams, with the lists that they hold. */
@QuarkusTest
class DetailsTest extends WithTenant {

    private Api caller;

    @BeforeEach
    void createTeamAndProject() {
        caller = tenant.apiKey("org:read", "project:read", "team:read");
        Api.operator().post(path("organizations/{o}/teams/"), """
                {"name":"Night Shift","slug":"night"}""");
        Api.operator().post(path("teams/{o}/core/projects/"), """
                                {"name":"Lone Lamp","slug":"lamp","platform":"go"}""");
        Api.operator().delete(path("projects/{o}/lamp/teams/core/"));
    }

    @Test
    void detailsOfAnOrganizationHoldItsTeamsAndProjects() {
        JsonPath details = caller.get(path("organizations/{o}/")).jsonPath();
        JsonPath plain = caller.get(path("organizations/{o}/?detailed=0")).jsonPath();

        assertThat(details.getMap("").keySet().stream().filter(Set.of("teams", "projects")::contains))
                .containsExactly("teams", "projects");
        assertThat(details.getList("teams.slug")).isEqualTo(List.of("core", "night"));
        assertThat(details.getList("projects.slug")).isEqualTo(List.of("lamp", "pump-station"));
        assertThat(details.getList("projects[1].teams.slug")).isEqualTo(List.of("core"));
        assertThat(plain.getMap("")).doesNotContainKeys("teams", "projects").containsKey("orgRoleList");
    }

    @Test
    void detailsOfATeamHoldTheExpandedMembers() {
        JsonPath details = caller.get(path("teams/{o}/core/")).jsonPath();
        JsonPath expanded = caller.get(
                        path("teams/{o}/core/?expand=externalTeams&expand=projects&collapse=organization"))
                .jsonPath();

        assertThat(details.getString("organization.slug")).isEqualTo(tenant.organization());
        assertThat(details.getMap("")).doesNotContainKey("projects");
        assertThat(expanded.getMap("")).doesNotContainKey("organization").containsKey("externalTeams");
        assertThat(expanded.getList("projects.slug")).isEqualTo(List.of("pump-station"));
    }

    @Test
    void detailsHoldAtMostAHundredProjects() {
        for (int i = 0; i < 100; i++) {
            Api.operator().post(path("teams/{o}/core/projects/"), """
                    {"name":"p%s"}""".formatted(i));
        }

        assertThat(caller.get(path("organizations/{o}/")).jsonPath().getList("projects"))
                .hasSize(100);
        assertThat(caller.get(path("teams/{o}/core/?expand=projects"))
                        .jsonPath()
                        .getList("projects"))
                .hasSize(100);
    }

    private String path(String template) {
        return tenant.path(template);
    }
}
