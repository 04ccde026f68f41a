package dev.countersign.installation;

import dev.countersign.credential.Caller;
import dev.countersign.web.route.ServiceConfig;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The endpoints that clients ask before they come to the point. None of them reads the database for itself. */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
public class InstallationResource {

    private final CurrentIdentityAssociation identities;
    private final RegionsResponse regions;

    InstallationResource(CurrentIdentityAssociation identities, ServiceConfig config) {
        this.identities = identities;
        this.regions = RegionsResponse.of(ServiceConfig.baseUrl(config));
    }

    /** The version and the scopes of the caller; a bad credential is refused, none is fine. */
    @GET
    @PermitAll
    public Uni<IndexResponse> index() {
        return identities.getDeferredIdentity().map(InstallationResource::index);
    }

    /** Whose credential it is, where Sentry shows its user. */
    @GET
    @Path("auth")
    @Authenticated
    public CallerResponse auth() {
        return CallerResponse.of(Caller.of(identities.getIdentity()));
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

    private static IndexResponse index(SecurityIdentity identity) {
        return identity.isAnonymous() ? IndexResponse.ANONYMOUS : IndexResponse.of(Caller.of(identity));
    }
}
