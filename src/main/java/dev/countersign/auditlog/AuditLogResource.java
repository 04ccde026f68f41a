package dev.countersign.auditlog;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.contract.Paged;
import dev.countersign.web.contract.Parameter;
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
import org.jboss.resteasy.reactive.RestResponse;

/** Serves the REST endpoint that lists the audit log of an organization. */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
public class AuditLogResource {

    private final OrganizationRepository organizations;
    private final AuditLogRepository entries;
    private final PageResponseBuilder paging;

    AuditLogResource(OrganizationRepository organizations, AuditLogRepository entries, PageResponseBuilder paging) {
        this.organizations = organizations;
        this.entries = entries;
        this.paging = paging;
    }

    @GET
    @Path("organizations/{organization}/audit-logs")
    @PermissionsAllowed(Scope.ORGANIZATION_WRITE)
    @Paged
    @Parameter(name = "event", means = "The name of an event, one of the options; any other matches nothing.")
    @Parameter(name = "actor", means = "The id of an actor, such as operator.")
    public Uni<RestResponse<AuditLogResponse>> list(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        AuditLogFilter filter = AuditLogFilter.of(query.last("event"), query.last("actor"));
        return organizations
                .require(caller, organization)
                .flatMap(found -> entries.list(found.requireId(), filter, PageRequest.of(uri)))
                .map(page -> paging.response(page, uri, AuditLogResponse::of));
    }
}
