package dev.countersign.installation;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

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

/**
 * Serves the REST endpoints that clients call first: API version, caller, health and regions. Only the authentication
 * reads the database.
 */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
public class InstallationResource {

    private final CallerProvider callers;
    private final RegionsResponse regions;

    InstallationResource(CallerProvider callers, ServiceConfig config) {
        this.callers = callers;
        this.regions = RegionsResponse.of(ServiceConfig.baseUrl(config));
    }

    /**
     * Shows the API version and the caller's scopes. Accepts a request without a credential, and refuses an invalid
     * one.
     */
    @GET
    @PermitAll
    @Fails(401)
    @Fails(value = 403, because = Fails.NO_GRANT)
    @Fails(429)
    public Uni<IndexResponse> index() {
        return callers.find().map(InstallationResource::index);
    }

    /** Shows the caller where Sentry shows its user. */
    @GET
    @Path("auth")
    @Authenticated
    @Fails(value = 403, because = Fails.NO_GRANT)
    public CallerResponse auth(@HeaderParam(AUTHENTICATED) Caller caller) {
        return CallerResponse.of(caller);
    }

    /** Confirms that the base URL and the token are valid. Every run of Terraform starts with this request. */
    @GET
    @Path("internal/health")
    @Authenticated
    public HealthResponse health() {
        return HealthResponse.HEALTHY;
    }

    /** Lists the only region, which is this service. */
    @GET
    @Path("users/me/regions")
    @Authenticated
    @Fails(value = 403, because = Fails.NO_GRANT)
    public RegionsResponse regions() {
        return regions;
    }

    private static IndexResponse index(@Nullable Caller caller) {
        return caller == null ? IndexResponse.ANONYMOUS : IndexResponse.of(caller);
    }
}
