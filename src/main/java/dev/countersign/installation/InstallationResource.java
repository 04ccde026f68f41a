package dev.countersign.installation;

import static jakarta.ws.rs.core.HttpHeaders.AUTHORIZATION;

import dev.countersign.credential.Caller;
import dev.countersign.credential.CallerProvider;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.route.ServiceConfig;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The endpoints that clients ask before they come to the point. None of them reads the database for itself. */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
public class InstallationResource {

    private final CallerProvider callers;
    private final RegionsResponse regions;

    InstallationResource(CallerProvider callers, ServiceConfig config) {
        this.callers = callers;
        this.regions = RegionsResponse.of(ServiceConfig.baseUrl(config));
    }

    /** The version and the scopes of the caller; a bad credential is refused, none is fine. */
    @GET
    @PermitAll
    @Fails(401)
    @Fails(429)
    public Uni<IndexResponse> index() {
        return callers.find().map(InstallationResource::index);
    }

    /** Whose credential it is, where Sentry shows its user. */
    @GET
    @Path("auth")
    @Authenticated
    public CallerResponse auth(@HeaderParam(AUTHORIZATION) Caller caller) {
        return CallerResponse.of(caller);
    }

    /** Every run of Terraform starts here: 200 says that the base URL and the token are good. */
    @GET
    @Path("internal/health")
    @Authenticated
    public HealthResponse health() {
        return HealthResponse.HEALTHY;
    }

    /** The one region: this service. */
    @GET
    @Path("users/me/regions")
    @Authenticated
    public RegionsResponse regions() {
        return regions;
    }

    private static IndexResponse index(@Nullable Caller caller) {
        return caller == null ? IndexResponse.ANONYMOUS : IndexResponse.of(caller);
    }
}
