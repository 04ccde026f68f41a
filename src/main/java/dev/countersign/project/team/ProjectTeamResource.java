package dev.countersign.project.team;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.project.ProjectResponse;
import dev.countersign.project.store.ProjectRepository;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.team.TeamRepository;
import dev.countersign.team.TeamResponse;
import dev.countersign.web.contract.Paged;
import dev.countersign.web.paging.PageRequest;
import dev.countersign.web.paging.PageResponseBuilder;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** Serves the REST endpoints that list a project's teams, add the project to a team, and remove it from a team. */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class ProjectTeamResource {

    private static final String PATH = "projects/{organization}/{project}/teams";

    private final TeamRepository teams;
    private final ProjectRepository projects;
    private final ProjectTeamService service;
    private final PageResponseBuilder paging;

    ProjectTeamResource(
            TeamRepository teams, ProjectRepository projects, ProjectTeamService service, PageResponseBuilder paging) {
        this.teams = teams;
        this.projects = projects;
        this.service = service;
        this.paging = paging;
    }

    @GET
    @Path(PATH)
    @PermissionsAllowed(Scope.PROJECT_READ)
    @Paged(bySlug = true)
    public Uni<RestResponse<List<TeamResponse>>> list(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug project, UriInfo uri) {
        return projects.require(caller, organization, project)
                .flatMap(found -> teams.listOfProject(found.id(), PageRequest.of(uri)))
                .map(page -> paging.response(page.map(team -> TeamResponse.of(team, caller)), uri));
    }

    @POST
    @Path(PATH + "/{team}")
    @ResponseStatus(201)
    @PermissionsAllowed(Scope.PROJECT_WRITE)
    public Uni<ProjectResponse> add(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug project, IdOrSlug team) {
        return projects.requireProject(caller, organization, project)
                .flatMap(found -> service.link(caller, found, team));
    }

    @DELETE
    @Path(PATH + "/{team}")
    @ResponseStatus(200)
    @PermissionsAllowed(Scope.PROJECT_WRITE)
    public Uni<ProjectResponse> remove(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug project, IdOrSlug team) {
        return projects.requireProject(caller, organization, project)
                .flatMap(found -> service.unlink(caller, found, team));
    }
}
