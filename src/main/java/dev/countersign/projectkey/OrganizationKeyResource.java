package dev.countersign.projectkey;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.ingest.DsnChoice;
import dev.countersign.organization.Organization;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.projectkey.store.CountedUsageRepository;
import dev.countersign.projectkey.store.KeyFilter;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.contract.Paged;
import dev.countersign.web.contract.Parameter;
import dev.countersign.web.contract.ShowsDsns;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import dev.countersign.web.paging.PageResponseBuilder;
import dev.countersign.web.paging.QueryParameters;
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

/** Serves the REST endpoint that lists the client keys of all projects of an organization. */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
public class OrganizationKeyResource {

    private static final String PATH = "organizations/{organization}/project-keys";

    private final OrganizationRepository organizations;
    private final OrganizationKeyService keys;
    private final IngestHosts hosts;
    private final PageResponseBuilder paging;

    OrganizationKeyResource(
            OrganizationRepository organizations,
            OrganizationKeyService keys,
            IngestHosts hosts,
            PageResponseBuilder paging) {
        this.organizations = organizations;
        this.keys = keys;
        this.hosts = hosts;
        this.paging = paging;
    }

    @GET
    @Path(PATH)
    @PermissionsAllowed(Scope.ORGANIZATION_READ)
    @Paged
    @Parameter(name = "status", means = KeyFilter.STATUS_WORDS)
    @Parameter(name = "rateLimit", means = KeyFilter.RATE_LIMIT_WORDS, pattern = KeyFilter.RATE_LIMIT_PATTERN)
    @Parameter(name = "unusedFor", means = KeyFilter.UNUSED_FOR_WORDS, pattern = KeyFilter.UNUSED_FOR_PATTERN)
    @Fails(value = 409, because = CountedUsageRepository.CONFLICT_WORDS)
    @Parameter(name = "team", means = "Id or slug of a team.")
    @Parameter(name = "project", means = "Ids of projects; -1 means all.", pattern = "^-?[0-9]{1,18}$", list = true)
    @Parameter(name = "projectSlug", means = "Slugs of projects; $all means all.", list = true)
    @ShowsDsns
    public Uni<RestResponse<List<ProjectKeyResponse>>> list(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, UriInfo uri) {
        return organizations
                .require(caller, organization)
                .flatMap(found -> list(caller, found, uri))
                .map(page -> paging.response(page, uri));
    }

    private Uni<Page<ProjectKeyResponse>> list(Caller caller, Organization organization, UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        DsnChoice dsns = DsnChoice.of(hosts, query);
        return keys.list(caller, organization.requireId(), query, PageRequest.of(uri))
                .flatMap(page -> keys.ingests(organization, page.items(), dsns)
                        .map(names ->
                                page.map(key -> ProjectKeyResponse.of(key, names.get(key.projectId), dsns, caller))));
    }
}
