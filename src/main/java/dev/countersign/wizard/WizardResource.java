package dev.countersign.wizard;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.idempotency.IdempotencyKey;
import dev.countersign.project.store.ProjectRepository;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.contract.ShowsDsns;
import dev.countersign.web.paging.QueryParameters;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Serves the REST endpoints of {@code @sentry/wizard}: its three requests, which need no credential, and the approval,
 * for which Sentry has a web page.
 */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class WizardResource {

    private final WizardRepository handovers;
    private final WizardService service;
    private final ProjectRepository projects;

    WizardResource(WizardRepository handovers, WizardService service, ProjectRepository projects) {
        this.handovers = handovers;
        this.service = service;
        this.projects = projects;
    }

    @GET
    @Path("wizard")
    @PermitAll
    public Uni<Opened> open() {
        return Uni.createFrom().item(() -> new Opened(WizardHash.generate().reveal()));
    }

    /**
     * Hands over an approved project. For the wizard, any status but 200 means that it must poll again. HEAD makes no
     * API key, because its answer has no body, and only tells whether GET would make one.
     */
    @GET
    @Path("wizard/{hash}")
    @PermitAll
    @Fails(value = 400, because = "Nobody has approved it yet, or there is no such ingest host.")
    @ShowsDsns
    public Uni<RestResponse<WizardResponse>> handOver(String hash, @Context Request request, UriInfo uri) {
        WizardHash wizard = WizardHash.of(hash);
        return HttpMethod.HEAD.equals(request.getMethod())
                ? handovers.requireProject(wizard).replaceWith(RestResponse::ok)
                : service.handOver(wizard, QueryParameters.of(uri)).map(RestResponse::ok);
    }

    /** Ends the hand-over. The wizard sends this request last. */
    @DELETE
    @Path("wizard/{hash}")
    @ResponseStatus(200)
    @PermitAll
    @Fails(value = 400, because = "Nobody has approved it yet.")
    public Uni<Map<String, Object>> close(String hash) {
        return handovers.close(WizardHash.of(hash)).replaceWith(Map.of());
    }

    /** Approves a hand-over. An approval leads to an API key, so that it needs the permission to make API keys. */
    @POST
    @Path("projects/{organization}/{project}/wizard/{hash}")
    @ResponseStatus(201)
    @PermissionsAllowed(Scope.ORGANIZATION_ADMIN)
    @Fails(value = 400, because = IdempotencyKey.SHOWN_ONCE)
    @Fails(
            value = 429,
            because = "Asked too often, or too many bad credentials came from the address,"
                    + " or too many wizards are approved for the project; see Retry-After.")
    public Uni<Approved> approve(
            @HeaderParam(AUTHENTICATED) Caller caller,
            IdOrSlug organization,
            IdOrSlug project,
            String hash,
            HttpHeaders headers) {
        return projects.require(caller, organization, project)
                .invoke(found -> IdempotencyKey.refuse(headers.getRequestHeader(IdempotencyKey.HEADER)))
                .invoke(found -> caller.requireMayGive(WizardService.SCOPES))
                .flatMap(found -> handovers.approve(caller, WizardHash.of(hash), found.id()))
                .replaceWith(new Approved("approved"));
    }

    /**
     * Holds the answer to the request for a new hand-over.
     *
     * @param hash the hash that the user shows to an operator
     */
    public record Opened(String hash) {}

    /**
     * Holds the answer to an approval. The wizard gets the hand-over with its next poll.
     *
     * @param status always {@code approved}
     */
    public record Approved(String status) {}
}
