package dev.countersign.project;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.idempotency.Idempotency;
import dev.countersign.idempotency.IdempotencyKey;
import dev.countersign.idempotency.KeyedRequest;
import dev.countersign.idempotency.Place;
import dev.countersign.organization.Organization;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.project.setting.NewProject;
import dev.countersign.project.store.ProjectQuery;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.body.RequestBody;
import dev.countersign.web.contract.Accepts;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.contract.Idempotent;
import dev.countersign.web.contract.Paged;
import dev.countersign.web.contract.Parameter;
import dev.countersign.web.error.ApiException;
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

/** Serves the REST endpoints that list an organization's projects, and create a project in a team of the caller. */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class OrganizationProjectResource {

    private static final String PATH = "organizations/{organization}/projects";

    private final OrganizationRepository organizations;
    private final ProjectPageResponseBuilder pages;
    private final ProjectService service;
    private final Idempotency idempotency;
    private final ProjectResponseBuilder responses;

    OrganizationProjectResource(
            OrganizationRepository organizations,
            ProjectPageResponseBuilder pages,
            ProjectService service,
            Idempotency idempotency,
            ProjectResponseBuilder responses) {
        this.organizations = organizations;
        this.pages = pages;
        this.service = service;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    @GET
    @Path(PATH)
    @PermissionsAllowed(Scope.ORGANIZATION_READ)
    @Paged(bySlug = true)
    @Parameter(name = "query", means = ProjectQuery.WORDS)
    public Uni<RestResponse<List<ProjectResponse>>> list(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, UriInfo uri) {
        return organizations
                .require(caller, organization)
                .flatMap(found -> pages.ofOrganization(caller, found.requireId(), uri));
    }

    /**
     * Creates a project in the caller's team, and creates this team where it is missing. Sentry lets members create
     * projects with {@code project:read}, unless the organization forbids this. Here every organization forbids it.
     */
    @POST
    @Path(PATH)
    @ResponseStatus(201)
    @PermissionsAllowed(Scope.PROJECT_READ)
    @Accepts("ProjectCreate")
    @Fails(409)
    @Idempotent
    public Uni<RestResponse<ProjectResponse>> create(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, HttpHeaders headers, RequestBody body) {
        List<String> key = headers.getRequestHeader(IdempotencyKey.HEADER);
        return organizations
                .require(caller, organization)
                .invoke(found -> requireWrite(caller))
                .map(Organization::requireId)
                .flatMap(owner -> idempotency.create(
                        KeyedRequest.read(caller, Place.ofOrganization("project-with-team", owner), key, body),
                        once -> service.createWithTeam(caller, owner, NewProject.read(body.fields()), once),
                        service::created))
                .flatMap(created -> responses
                        .summary(caller, created.object())
                        .map(shown -> created.response(shown.withTeamSlug(ProjectService.ownTeamSlug(caller)))));
    }

    private static void requireWrite(Caller caller) {
        if (!caller.has(Scope.PROJECT_WRITE)) {
            throw new ApiException.Forbidden("Your organization has disabled this feature for members.");
        }
    }
}
