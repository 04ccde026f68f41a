package dev.countersign.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.Link;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The audit log of an organization: its list, its filters and its pages. */
@QuarkusTest
class AuditLogTest extends WithTenant {

    @Test
    void creationsAreListedNewestFirst() {
        assertThat(events(""))
                .containsExactly(
                        "projectkey.create", "project-team.add", "project.create", "team.create", "org.create");
    }

    @Test
    void nextLinkLeadsToTheNextPage() {
        Link link = new Link(log("?per_page=3").header("Link"));

        assertThat(events("?per_page=3&cursor=" + link.cursor("next"))).containsExactly("team.create", "org.create");
    }

    @Test
    void unknownEventOrActorMatchesNothing() {
        assertThat(events("?event=issue.delete")).isEmpty();
        assertThat(events("?actor=nobody")).isEmpty();
        assertThat(events("?actor=%00")).isEmpty();
        assertThat(events("?event=&actor=")).hasSize(5);
    }

    @Test
    void otherOrganizationsSeeNoEntry() {
        Tenant other = Tenant.create();

        assertThat(other.apiKey("org:admin").get(path("")).statusCode()).isEqualTo(403);
        assertThat(other.apiKey("org:admin")
                        .get("organizations/" + other.organization() + "/audit-logs/")
                        .asString())
                .doesNotContain(tenant.organization());
    }

    private List<String> events(String query) {
        return log(query).jsonPath().getList("rows.event");
    }

    private Response log(String query) {
        Response response = Api.operator().get(path(query));
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return response;
    }

    private String path(String query) {
        return tenant.path("organizations/{o}/audit-logs/") + query;
    }
}
