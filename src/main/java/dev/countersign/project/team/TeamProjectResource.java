package dev.countersign.project.team;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.idempotency.Idempotency;
import dev.countersign.idempotency.IdempotencyKey;
import dev.countersign.idempotency.KeyedRequest;
import dev.countersign.idempotency.Place;
import dev.countersign.project.ProjectResponse;
import dev.countersign.project.ProjectResponseBuilder;
import dev.countersign.project.ProjectService;
import dev.countersign.project.setting.NewProject;
import dev.countersign.project.store.ProjectRepository;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.team.TeamService;
import dev.countersign.web.body.RequestBody;
import dev.countersign.web.contract.Accepts;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.contract.Idempotent;
import dev.countersign.web.contract.Paged;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** Serves the REST endpoints that list the projects of a team and create a project in a team. */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class TeamProjectResource {

    private static final String PATH = "teams/{organization}/{team}/projects";

    private final TeamService teams;
    private final ProjectRepository projects;
    private final ProjectService service;
    private final Idempotency idempotency;
    private final ProjectResponseBuilder responses;

    TeamProjectResource(
            TeamService teams,
            ProjectRepository projects,
            ProjectService service,
            Idempotency idempotency,
            ProjectResponseBuilder responses) {
        this.teams = teams;
        this.projects = projects;
        this.service = service;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    @GET
    @Path(PATH)
    @PermissionsAllowed(Scope.PROJECT_READ)
    @Paged(bySlug = true)
    public Uni<RestResponse<List<ProjectResponse>>> list(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug team, UriInfo uri) {
        return teams.require(caller, organization, team)
                .flatMap(found -> projects.listOfTeam(found.requireId(), PageRequest.of(uri)))
                .flatMap(page -> responses.page(caller, page, uri));
    }

    @POST
    @Path(PATH)
    @ResponseStatus(201)
    @PermissionsAllowed({Scope.PROJECT_WRITE, Scope.ORGANIZATION_WRITE})
    @Accepts("ProjectCreate")
    @Fails(409)
    @Idempotent
    public Uni<RestResponse<ProjectResponse>> create(
            @HeaderParam(AUTHENTICATED) Caller caller,
            IdOrSlug organization,
            IdOrSlug team,
            HttpHeaders headers,
            RequestBody body) {
        List<String> key = headers.getRequestHeader(IdempotencyKey.HEADER);
        return teams.require(caller, organization, team)
                .flatMap(found -> idempotency.create(
                        KeyedRequest.read(
                                caller, Place.ofTeam("project", found.organizationId, found.requireId()), key, body),
                        once -> service.create(caller, found, NewProject.read(body.fields()), once),
                        projects::requireById))
                .flatMap(created -> responses.summary(caller, created.object()).map(created::response));
    }
}
