package dev.countersign.projectkey.rotation;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.idempotency.Idempotency;
import dev.countersign.idempotency.IdempotencyKey;
import dev.countersign.idempotency.KeyedRequest;
import dev.countersign.idempotency.Place;
import dev.countersign.ingest.DsnChoice;
import dev.countersign.project.store.ProjectReference;
import dev.countersign.project.store.ProjectRepository;
import dev.countersign.projectkey.ProjectKeyResponse;
import dev.countersign.projectkey.ProjectKeyService;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.body.RequestBody;
import dev.countersign.web.contract.Accepts;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.contract.Idempotent;
import dev.countersign.web.contract.ShowsDsns;
import dev.countersign.web.paging.QueryParameters;
import dev.countersign.web.route.Routes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** Serves the REST endpoint that replaces a client key by a new one, and ends the old one after an overlap. */
@Path(Routes.OWN_PREFIX)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class RotationResource {

    private static final String PATH = "projects/{organization}/{project}/keys/{key}/rotate";

    private final ProjectRepository projects;
    private final ProjectKeyService keys;
    private final RotationService rotations;
    private final Idempotency idempotency;
    private final IngestHosts hosts;

    RotationResource(
            ProjectRepository projects,
            ProjectKeyService keys,
            RotationService rotations,
            Idempotency idempotency,
            IngestHosts hosts) {
        this.projects = projects;
        this.keys = keys;
        this.rotations = rotations;
        this.idempotency = idempotency;
        this.hosts = hosts;
    }

    /** Answers the new key. */
    @POST
    @Path(PATH)
    @ResponseStatus(201)
    @PermissionsAllowed(Scope.PROJECT_WRITE)
    @Accepts("ProjectKeyRotation")
    @ShowsDsns
    @Fails(
            value = 409,
            because = "The key is switched off, has expired, or was replaced already; replacedBy names its successor."
                    + " Or another request under the Idempotency-Key is still running.")
    @Idempotent
    public Uni<RestResponse<ProjectKeyResponse>> rotate(
            @HeaderParam(AUTHENTICATED) Caller caller,
            IdOrSlug organization,
            IdOrSlug project,
            String key,
            HttpHeaders headers,
            RequestBody body,
            UriInfo uri) {
        return projects.require(caller, organization, project).flatMap(found -> {
            DsnChoice dsns = DsnChoice.of(hosts, QueryParameters.of(uri));
            return keys.require(caller, found.id(), key)
                    .flatMap(old -> idempotency.create(
                            KeyedRequest.read(
                                    caller, place(found, old), headers.getRequestHeader(IdempotencyKey.HEADER), body),
                            once -> rotations.rotate(caller, old, RotationRequest.read(body.fields()), once),
                            id -> keys.requireById(found.id(), id)))
                    .map(created ->
                            created.response(ProjectKeyResponse.of(created.object(), found.ingest(), dsns, caller)));
        });
    }

    /** One key of a client may stand for the rotations of several keys of a project. */
    private static Place place(ProjectReference project, ProjectKey old) {
        return Place.ofProject("rotate-key:" + old.requireId(), project.organizationId(), project.id());
    }
}
