package dev.countersign.ingest;

import dev.countersign.dsn.IngestHosts;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.contract.Paged;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageResponseBuilder;
import dev.countersign.web.route.Routes;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Serves the REST endpoint that lists the ingest hosts, whose names other requests may give. */
@Path(Routes.OWN_PREFIX)
@Produces(MediaType.APPLICATION_JSON)
public class IngestResource {

    private final Page<IngestResponse> hosts;
    private final PageResponseBuilder paging;

    IngestResource(IngestHosts hosts, PageResponseBuilder paging) {
        this.hosts = Page.whole(hosts.byName().entrySet().stream()
                .map(host -> IngestResponse.of(host.getKey(), host.getValue()))
                .toList());
        this.paging = paging;
    }

    /** Lists all ingest hosts on one page, {@code default} first. Any credential may call this, whatever its scopes. */
    @GET
    @Path("ingests")
    @Authenticated
    @Fails(value = 403, because = Fails.NO_GRANT)
    @Paged(whole = true)
    public RestResponse<List<IngestResponse>> list(UriInfo uri) {
        return paging.response(hosts, uri);
    }
}
