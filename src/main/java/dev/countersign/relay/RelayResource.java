package dev.countersign.relay;

import dev.countersign.gate.known.KnownKeys;
import dev.countersign.relay.outcome.Outcomes;
import dev.countersign.relay.projectconfig.JsonList;
import dev.countersign.relay.projectconfig.ProjectConfigRequest;
import dev.countersign.relay.projectconfig.ProjectConfigs;
import dev.countersign.relay.projectconfig.ProjectConfigsResponse;
import dev.countersign.relay.projectconfig.RelayKeyRepository;
import dev.countersign.relay.trusted.RelayAuthentication;
import dev.countersign.relay.trusted.SignedRequest;
import dev.countersign.relay.trusted.TrustedRelays;
import dev.countersign.web.body.RequestBody;
import dev.countersign.web.contract.Accepts;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.contract.Parameter;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.error.RelayRefused;
import dev.countersign.web.filter.Sender;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.paging.QueryParameters;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Serves the REST endpoints for a trusted relay: project configs, project ids, public keys of relays, outcomes. Every request is
 * signed.
 */
@Path("/api/0/relays")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Schemas("""
        RelayIdsRequest:
          properties: {relay_ids: {type: [array, "null"], items: {type: string}, description: Ids of relays.}}
        """)
public class RelayResource {

    static final String OFF = "The configuration trusts no relay.";
    static final String TOO_OFTEN =
            "More than 200 registrations a second, or too many bad ones came from the address; see Retry-After.";
    private static final String TOO_MANY_BAD = "Too many bad signatures came from the address; see Retry-After.";
    private static final String UNSIGNED = "No trusted relay has signed the request within five minutes.";
    private static final String VERSION = "The body or the version is not good.";
    private static final String VERSIONS = "Unsupported version, we only support versions 2 to 3.";

    private final RelayAuthentication authentication;
    private final TrustedRelays relays;
    private final ProjectConfigs configs;
    private final RelayKeyRepository keys;
    private final Outcomes outcomes;

    RelayResource(
            RelayAuthentication authentication,
            TrustedRelays relays,
            ProjectConfigs configs,
            RelayKeyRepository keys,
            Outcomes outcomes) {
        this.authentication = authentication;
        this.relays = relays;
        this.configs = configs;
        this.keys = keys;
        this.outcomes = outcomes;
    }

    /** Answers which client keys are good, and what a relay has to know of their projects. */
    @POST
    @Path("projectconfigs")
    @PermitAll
    @Accepts("RelayProjectConfigsRequest")
    @Parameter(
            name = "version",
            means = "The form of the request and the answer: 2 or 3.",
            pattern = "^[23]$",
            required = true)
    @Fails(value = 400, because = VERSION)
    @Fails(value = 401, because = UNSIGNED)
    @Fails(value = 404, because = OFF)
    @Fails(value = 429, because = TOO_MANY_BAD)
    public Uni<ProjectConfigsResponse> projectConfigs(
            @HeaderParam(SignedRequest.ID) @Nullable String id,
            @HeaderParam(SignedRequest.SIGNATURE) @Nullable String signature,
            UriInfo uri,
            @Context HttpServerRequest http,
            RequestBody body) {
        RequestFields fields = require(new SignedRequest(id, signature, Sender.of(http), body));
        String version = QueryParameters.of(uri).last("version");
        if (!"2".equals(version) && !"3".equals(version)) {
            throw RelayRefused.version(VERSIONS);
        }
        return configs.find(ProjectConfigRequest.read(fields, Integer.parseInt(version)));
    }

    /** Answers which project each client key belongs to, also of keys that are switched off. */
    @POST
    @Path("projectids")
    @PermitAll
    @Accepts("RelayPublicKeysRequest")
    @Fails(value = 401, because = UNSIGNED)
    @Fails(value = 404, because = OFF)
    @Fails(value = 429, because = TOO_MANY_BAD)
    public Uni<ProjectIdsResponse> projectIds(
            @HeaderParam(SignedRequest.ID) @Nullable String id,
            @HeaderParam(SignedRequest.SIGNATURE) @Nullable String signature,
            @Context HttpServerRequest http,
            RequestBody body) {
        RequestFields fields = require(new SignedRequest(id, signature, Sender.of(http), body));
        List<String> wellFormed = JsonList.texts(JsonList.require(fields, "publicKeys")).stream()
                .filter(KnownKeys::isWellFormed)
                .toList();
        return keys.findProjectIds(wellFormed).map(ProjectIdsResponse::new);
    }

    /** Answers the public keys of relays. */
    @POST
    @Path("publickeys")
    @PermitAll
    @Accepts("RelayIdsRequest")
    @Fails(value = 401, because = UNSIGNED)
    @Fails(value = 404, because = OFF)
    @Fails(value = 429, because = TOO_MANY_BAD)
    public PublicKeysResponse publicKeys(
            @HeaderParam(SignedRequest.ID) @Nullable String id,
            @HeaderParam(SignedRequest.SIGNATURE) @Nullable String signature,
            @Context HttpServerRequest http,
            RequestBody body) {
        RequestFields fields = require(new SignedRequest(id, signature, Sender.of(http), body));
        return PublicKeysResponse.of(JsonList.texts(JsonList.require(fields, "relay_ids")), relays::find);
    }

    /** Adds what a relay did with events to the usage of client keys. */
    @POST
    @Path("outcomes")
    @PermitAll
    @Accepts("RelayOutcomesRequest")
    @Fails(value = 401, because = UNSIGNED)
    @Fails(value = 404, because = OFF)
    @Fails(value = 429, because = TOO_MANY_BAD)
    public Uni<Map<String, Object>> outcomes(
            @HeaderParam(SignedRequest.ID) @Nullable String id,
            @HeaderParam(SignedRequest.SIGNATURE) @Nullable String signature,
            @Context HttpServerRequest http,
            RequestBody body) {
        return outcomes.add(require(new SignedRequest(id, signature, Sender.of(http), body)));
    }

    /** The members of the body, once the signature is verified. */
    private RequestFields require(SignedRequest request) {
        authentication.require(request);
        return request.body().jsonFields();
    }
}
