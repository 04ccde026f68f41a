package dev.countersign.team;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.idempotency.Idempotency;
import dev.countersign.idempotency.IdempotencyKey;
import dev.countersign.idempotency.KeyedRequest;
import dev.countersign.idempotency.Place;
import dev.countersign.organization.Organization;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.postgres.row.UniqueViolation;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.body.RequestBody;
import dev.countersign.web.contract.Accepts;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.contract.Idempotent;
import dev.countersign.web.contract.Paged;
import dev.countersign.web.contract.Parameter;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.PageRequest;
import dev.countersign.web.paging.QueryParameters;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Serves the REST endpoints that create, list, show, change and remove teams: <a
 * href="https://docs.sentry.io/api/teams/">Sentry's reference</a>.
 */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class TeamResource {

    private final OrganizationRepository organizations;
    private final TeamRepository teams;
    private final TeamService service;
    private final Idempotency idempotency;
    private final TeamResponseBuilder responses;

    TeamResource(
            OrganizationRepository organizations,
            TeamRepository teams,
            TeamService service,
            Idempotency idempotency,
            TeamResponseBuilder responses) {
        this.organizations = organizations;
        this.teams = teams;
        this.service = service;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    @GET
    @Path("organizations/{organization}/teams")
    @PermissionsAllowed({Scope.ORGANIZATION_READ, Scope.TEAM_READ})
    @Paged(bySlug = true)
    @Parameter(name = "query", means = TeamQuery.WORDS)
    @Parameter(name = "detailed", means = "0 leaves projects out, as this list always does.")
    public Uni<RestResponse<List<TeamResponse>>> list(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, UriInfo uri) {
        return organizations
                .require(caller, organization)
                .flatMap(found ->
                        teams.list(found.requireId(), TeamQuery.search(QueryParameters.of(uri)), PageRequest.of(uri)))
                .map(page -> responses.page(caller, page, uri));
    }

    @POST
    @Path("organizations/{organization}/teams")
    @ResponseStatus(201)
    @PermissionsAllowed({Scope.ORGANIZATION_WRITE, Scope.TEAM_WRITE})
    @Accepts("TeamCreate")
    @Fails(409)
    @Idempotent
    public Uni<RestResponse<TeamResponse>> create(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, HttpHeaders headers, RequestBody body) {
        List<String> key = headers.getRequestHeader(IdempotencyKey.HEADER);
        return organizations
                .require(caller, organization)
                .map(Organization::requireId)
                .flatMap(owner -> idempotency.create(
                        KeyedRequest.read(caller, Place.ofOrganization("team", owner), key, body),
                        once -> service.create(caller, owner, NewTeam.read(body.fields()), once),
                        id -> teams.require(owner, new IdOrSlug(id, null))))
                .map(created -> created.response(TeamResponse.of(created.object(), caller)));
    }

    @GET
    @Path("teams/{organization}/{team}")
    @PermissionsAllowed(Scope.TEAM_READ)
    @Parameter(name = "expand", means = "projects adds the first 100 of them.", list = true)
    @Parameter(name = "collapse", means = "organization leaves it out.", list = true)
    public Uni<TeamResponse> retrieve(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug team, UriInfo uri) {
        return organizations.require(caller, organization).flatMap(owner -> teams.require(owner.requireId(), team)
                .flatMap(found -> responses.details(caller, owner, found, QueryParameters.of(uri))));
    }

    @PUT
    @Path("teams/{organization}/{team}")
    @PermissionsAllowed(Scope.TEAM_WRITE)
    @Accepts("TeamUpdate")
    public Uni<TeamResponse> update(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug team, RequestBody body) {
        return organizations
                .require(caller, organization)
                .flatMap(owner -> body.read(
                                fields -> NewTeam.readChange(caller.name(), fields),
                                () -> teams.require(owner.requireId(), team),
                                change -> teams.update(owner.requireId(), team, change))
                        .map(changed -> responses.withOrganization(caller, owner, changed)))
                .onFailure(UniqueViolation.class)
                .transform(taken -> ApiException.Invalid.field("slug", inUse(body)));
    }

    @DELETE
    @Path("teams/{organization}/{team}")
    @PermissionsAllowed(Scope.TEAM_ADMIN)
    public Uni<Void> delete(@HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug team) {
        return service.require(caller, organization, team).flatMap(found -> teams.remove(caller, found));
    }

    private static String inUse(RequestBody body) {
        return "The slug \"" + body.fields().text("slug", NewTeam.SLUG).or("") + "\" is already in use.";
    }
}
