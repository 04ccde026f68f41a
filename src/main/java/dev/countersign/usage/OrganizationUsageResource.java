package dev.countersign.usage;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.projectkey.store.CountedUsageRepository;
import dev.countersign.projectkey.store.KeyFilter;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.contract.Paged;
import dev.countersign.web.contract.Parameter;
import dev.countersign.web.paging.PageRequest;
import dev.countersign.web.paging.PageResponseBuilder;
import dev.countersign.web.paging.QueryParameters;
import dev.countersign.web.route.Routes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Serves the REST endpoints that list an organization's client keys with their usage, and those removed or inactive keys with
 * which events still come.
 */
@Path(Routes.OWN_PREFIX)
@Produces(MediaType.APPLICATION_JSON)
public class OrganizationUsageResource {

    private final OrganizationRepository organizations;
    private final KeyUsageRepository usage;
    private final RejectedKeyRepository rejected;
    private final PageResponseBuilder paging;

    OrganizationUsageResource(
            OrganizationRepository organizations,
            KeyUsageRepository usage,
            RejectedKeyRepository rejected,
            PageResponseBuilder paging) {
        this.organizations = organizations;
        this.usage = usage;
        this.rejected = rejected;
        this.paging = paging;
    }

    @GET
    @Path("organizations/{organization}/key-usage")
    @PermissionsAllowed(Scope.ORGANIZATION_READ)
    @Paged(bySlug = true)
    @Parameter(
            name = "sort",
            means = "The order; a hyphen puts the greatest first. Absent: -lastSeen.",
            pattern = UsageOrder.PATTERN)
    @Parameter(name = "status", means = KeyFilter.STATUS_WORDS)
    @Parameter(name = "rateLimit", means = KeyFilter.RATE_LIMIT_WORDS, pattern = KeyFilter.RATE_LIMIT_PATTERN)
    @Parameter(name = "unusedFor", means = KeyFilter.UNUSED_FOR_WORDS, pattern = KeyFilter.UNUSED_FOR_PATTERN)
    @Fails(value = 409, because = CountedUsageRepository.CONFLICT_WORDS)
    public Uni<RestResponse<List<KeyUsageResponse>>> usage(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, UriInfo uri) {
        return organizations
                .require(caller, organization)
                .flatMap(found -> {
                    QueryParameters query = QueryParameters.of(uri);
                    return usage.list(
                            found.requireId(),
                            KeyFilter.read(query, caller.isOperator()),
                            UsageOrder.read(query),
                            PageRequest.of(uri));
                })
                .map(page -> paging.response(page.map(KeyUsageResponse::of), uri));
    }

    @GET
    @Path("organizations/{organization}/rejected-keys")
    @PermissionsAllowed(Scope.ORGANIZATION_READ)
    @Paged(bySlug = true)
    public Uni<RestResponse<List<RejectedKeyResponse>>> rejected(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, UriInfo uri) {
        return organizations
                .require(caller, organization)
                .flatMap(found -> rejected.list(found.requireId(), caller.isOperator(), PageRequest.of(uri)))
                .map(page -> paging.response(page.map(RejectedKeyResponse::of), uri));
    }
}
