package dev.countersign.team;

import dev.countersign.credential.Caller;
import dev.countersign.organization.Organization;
import dev.countersign.organization.OrganizationResponseBuilder;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageResponseBuilder;
import dev.countersign.web.paging.QueryParameters;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Builds the answers that show teams, with their organization and projects. */
@ApplicationScoped
public class TeamResponseBuilder {

    private final TeamProjects projects;
    private final OrganizationResponseBuilder organizations;
    private final PageResponseBuilder paging;

    TeamResponseBuilder(TeamProjects projects, OrganizationResponseBuilder organizations, PageResponseBuilder paging) {
        this.projects = projects;
        this.organizations = organizations;
        this.paging = paging;
    }

    /** A page of teams, with links to the next and the previous page. */
    RestResponse<List<TeamResponse>> page(Caller caller, Page<Team> page, UriInfo uri) {
        return paging.response(page.map(team -> TeamResponse.of(team, caller)), uri);
    }

    /** A team with its organization. */
    TeamResponse withOrganization(Caller caller, Organization owner, Team team) {
        return TeamResponse.of(team, caller).withOrganization(organizations.summary(caller, owner));
    }

    /**
     * The details of a team. They hold the organization unless {@code collapse} names {@code organization}, and the
     * projects where {@code expand} names {@code projects}.
     */
    Uni<TeamResponse> details(Caller caller, Organization owner, Team team, QueryParameters query) {
        TeamResponse response = query.all("collapse").contains("organization")
                ? TeamResponse.of(team, caller)
                : withOrganization(caller, owner, team);
        return query.all("expand").contains("projects")
                ? projects.of(caller, owner, team).map(response::withProjects)
                : Uni.createFrom().item(response);
    }
}
