package dev.countersign.organization;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.idempotency.Idempotency;
import dev.countersign.idempotency.IdempotencyKey;
import dev.countersign.idempotency.KeyedRequest;
import dev.countersign.idempotency.Place;
import dev.countersign.postgres.row.UniqueViolation;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.answer.Created;
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
 * Serves the REST endpoints that create, list, show, change and remove organizations: <a
 * href="https://docs.sentry.io/api/organizations/">Sentry's reference</a>.
 */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class OrganizationResource {

    private static final String PATH = "organizations";

    private final OrganizationRepository organizations;
    private final OrganizationService service;
    private final Idempotency idempotency;
    private final OrganizationResponseBuilder responses;
    private final IngestHosts hosts;

    OrganizationResource(
            OrganizationRepository organizations,
            OrganizationService service,
            Idempotency idempotency,
            OrganizationResponseBuilder responses,
            IngestHosts hosts) {
        this.organizations = organizations;
        this.service = service;
        this.idempotency = idempotency;
        this.responses = responses;
        this.hosts = hosts;
    }

    @GET
    @Path(PATH)
    @PermissionsAllowed(Scope.ORGANIZATION_READ)
    @Paged
    @Parameter(name = "query", means = OrganizationQuery.WORDS)
    @Parameter(
            name = "sortBy",
            means = "members or events: no organization has any, so that the newest comes first, as without it.")
    public Uni<RestResponse<List<OrganizationResponse>>> list(@HeaderParam(AUTHENTICATED) Caller caller, UriInfo uri) {
        return organizations
                .list(caller, OrganizationQuery.search(QueryParameters.of(uri)), PageRequest.of(uri))
                .map(page -> responses.page(caller, page, uri));
    }

    /** Creates an organization. Sentry requires a user; this service has none and requires the operator. */
    @POST
    @Path(PATH)
    @ResponseStatus(201)
    @PermissionsAllowed(Scope.ORGANIZATION_READ)
    @Accepts("OrganizationCreate")
    @Fails(409)
    @Idempotent
    public Uni<RestResponse<OrganizationResponse>> create(
            @HeaderParam(AUTHENTICATED) Caller caller, HttpHeaders headers, RequestBody body) {
        if (!caller.isOperator()) {
            throw new ApiException.Unauthorized("This endpoint requires user info");
        }
        List<String> key = headers.getRequestHeader(IdempotencyKey.HEADER);
        return idempotency
                .create(
                        KeyedRequest.read(caller, Place.ofInstallation("organization"), key, body),
                        once -> service.create(caller, NewOrganization.read(body.fields()), once),
                        id -> organizations.require(caller, new IdOrSlug(id, null)))
                .flatMap(created -> shown(caller, created).map(created::response));
    }

    @GET
    @Path(PATH + "/{organization}")
    @PermissionsAllowed(Scope.ORGANIZATION_READ)
    @Parameter(name = "detailed", means = "0 leaves teams and projects out.")
    public Uni<OrganizationResponse> retrieve(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, UriInfo uri) {
        boolean plain = "0".equals(QueryParameters.of(uri).last("detailed"));
        Uni<Organization> found = organizations.require(caller, organization);
        return plain
                ? found.map(one -> responses.plain(caller, one))
                : found.flatMap(one -> responses.details(caller, one));
    }

    @PUT
    @Path(PATH + "/{organization}")
    @PermissionsAllowed(Scope.ORGANIZATION_WRITE)
    @Accepts("OrganizationUpdate")
    public Uni<OrganizationResponse> update(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, RequestBody body) {
        return body.read(
                        fields -> OrganizationChange.read(fields, hosts),
                        () -> organizations.require(caller, organization),
                        change -> service.update(caller, organization, change))
                .onFailure(UniqueViolation.class)
                .transform(taken -> ApiException.Invalid.field("slug", inUse(body)))
                .flatMap(changed -> responses.details(caller, changed));
    }

    @DELETE
    @Path(PATH + "/{organization}")
    @PermissionsAllowed(Scope.ORGANIZATION_ADMIN)
    public Uni<Void> delete(@HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization) {
        return organizations.require(caller, organization).flatMap(found -> organizations.remove(caller, found));
    }

    /** A new organization has no teams and projects, so their lists need no look-up. */
    private Uni<OrganizationResponse> shown(Caller caller, Created<Organization> created) {
        return created.isReplayed()
                ? responses.details(caller, created.object())
                : Uni.createFrom().item(responses.created(caller, created.object()));
    }

    private static String inUse(RequestBody body) {
        return "The slug \"" + body.fields().text("slug", NewOrganization.SLUG).or("") + "\" is already in use.";
    }
}
