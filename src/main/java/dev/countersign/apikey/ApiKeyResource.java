package dev.countersign.apikey;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.credential.Secret;
import dev.countersign.idempotency.IdempotencyKey;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.body.RequestBody;
import dev.countersign.web.contract.Accepts;
import dev.countersign.web.contract.Fails;
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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** Serves the REST endpoints for an organization's API keys; Sentry's public API has no such endpoints. */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@PermissionsAllowed(Scope.ORGANIZATION_ADMIN)
public class ApiKeyResource {

    private static final String PATH = "organizations/{organization}/api-keys";

    private final OrganizationRepository organizations;
    private final ApiKeyRepository apiKeys;
    private final PageResponseBuilder paging;

    ApiKeyResource(OrganizationRepository organizations, ApiKeyRepository apiKeys, PageResponseBuilder paging) {
        this.organizations = organizations;
        this.apiKeys = apiKeys;
        this.paging = paging;
    }

    @GET
    @Path(PATH)
    @Paged
    public Uni<RestResponse<List<ApiKeyResponse>>> list(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, UriInfo uri) {
        return organizations
                .require(caller, organization)
                .flatMap(found -> apiKeys.list(found.requireId(), PageRequest.of(uri)))
                .map(page -> paging.response(page.map(ApiKeyResponse::of), uri));
    }

    @POST
    @Path(PATH)
    @ResponseStatus(201)
    @Accepts("ApiKeyCreate")
    public Uni<ApiKeyResponse> create(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, HttpHeaders headers, RequestBody body) {
        Secret secret = ApiKeySecret.generate();
        return organizations
                .require(caller, organization)
                .invoke(found -> IdempotencyKey.refuse(headers.getRequestHeader(IdempotencyKey.HEADER)))
                .flatMap(found -> {
                    ApiKeyChange change = ApiKeyChange.readNew(body.fields());
                    caller.requireMayGive(change.scopes().or(List.of()));
                    return apiKeys.add(found.requireId(), () -> change.toRow(caller)
                            .applyTo(ApiKey.create(caller, found.requireId(), secret)));
                })
                .map(key -> ApiKeyResponse.of(key, secret));
    }

    @GET
    @Path(PATH + "/{id}")
    public Uni<ApiKeyResponse> retrieve(@HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug id) {
        return organizations
                .require(caller, organization)
                .flatMap(found -> apiKeys.require(found.requireId(), id.idOrZero()))
                .map(ApiKeyResponse::of);
    }

    @PUT
    @Path(PATH + "/{id}")
    @Accepts("ApiKeyUpdate")
    public Uni<ApiKeyResponse> update(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug id, RequestBody body) {
        return organizations
                .require(caller, organization)
                .flatMap(found -> body.read(
                        ApiKeyChange::read, () -> apiKeys.require(found.requireId(), id.idOrZero()), change -> {
                            caller.requireMayGive(change.scopes().or(List.of()));
                            return apiKeys.update(caller, found.requireId(), id.idOrZero(), change.toRow(caller));
                        }))
                .map(ApiKeyResponse::of);
    }

    @DELETE
    @Path(PATH + "/{id}")
    public Uni<Void> delete(@HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug id) {
        return organizations
                .require(caller, organization)
                .flatMap(found -> apiKeys.remove(caller, found.requireId(), id.idOrZero()));
    }

    /** Replaces the secret of the key. The earlier secret is invalid from then on. */
    @POST
    @Path(PATH + "/{id}/rotate")
    @Fails(value = 400, because = IdempotencyKey.SHOWN_ONCE)
    public Uni<ApiKeyResponse> rotate(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug id, HttpHeaders headers) {
        Secret secret = ApiKeySecret.generate();
        List<String> key = headers.getRequestHeader(IdempotencyKey.HEADER);
        return organizations
                .require(caller, organization)
                .call(found -> key.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : apiKeys.require(found.requireId(), id.idOrZero()).invoke(any -> IdempotencyKey.refuse(key)))
                .flatMap(found -> apiKeys.rotate(caller, found.requireId(), id.idOrZero(), secret))
                .map(rotated -> ApiKeyResponse.of(rotated, secret));
    }
}
