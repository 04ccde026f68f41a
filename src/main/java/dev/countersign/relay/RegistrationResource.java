package dev.countersign.relay;

import dev.countersign.relay.registration.ChallengeResponse;
import dev.countersign.relay.registration.RegisteredResponse;
import dev.countersign.relay.registration.Registration;
import dev.countersign.relay.trusted.SignedRequest;
import dev.countersign.web.body.RequestBody;
import dev.countersign.web.contract.Accepts;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.filter.Sender;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * Serves the REST endpoints with which a relay registers, and finds out whether this service answers. They need no credential:
 * the relay signs with its key.
 */
@Path("/api/0/relays")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class RegistrationResource {

    private final Registration registration;

    RegistrationResource(Registration registration) {
        this.registration = registration;
    }

    /** Gives a relay the challenge to sign. */
    @POST
    @Path("register/challenge")
    @PermitAll
    @Accepts("RelayChallengeRequest")
    @Fails(value = 403, because = "The relay is not trusted.")
    @Fails(value = 404, because = RelayResource.OFF)
    @Fails(value = 429, because = RelayResource.TOO_OFTEN)
    public Uni<ChallengeResponse> challenge(
            @HeaderParam(SignedRequest.ID) @Nullable String id,
            @HeaderParam(SignedRequest.SIGNATURE) @Nullable String signature,
            @Context HttpServerRequest http,
            RequestBody body) {
        return registration.challenge(new SignedRequest(id, signature, Sender.of(http), body));
    }

    /** Registers a relay that has signed its challenge within a minute. */
    @POST
    @Path("register/response")
    @PermitAll
    @Accepts("RelayRegistrationRequest")
    @Fails(value = 401, because = "The challenge or the signature is too old.")
    @Fails(value = 403, because = "The relay is not trusted.")
    @Fails(value = 404, because = RelayResource.OFF)
    @Fails(value = 429, because = RelayResource.TOO_OFTEN)
    public Uni<RegisteredResponse> respond(
            @HeaderParam(SignedRequest.ID) @Nullable String id,
            @HeaderParam(SignedRequest.SIGNATURE) @Nullable String signature,
            @Context HttpServerRequest http,
            RequestBody body) {
        return registration.respond(new SignedRequest(id, signature, Sender.of(http), body));
    }

    /** Says that this service answers. A relay asks after a network error, before it sends anything else. */
    @GET
    @Path("live")
    @PermitAll
    @Fails(value = 404, because = RelayResource.OFF)
    public LiveResponse live() {
        return LiveResponse.HEALTHY;
    }
}
