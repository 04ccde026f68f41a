package dev.countersign.projectkey;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.idempotency.Idempotency;
import dev.countersign.idempotency.IdempotencyKey;
import dev.countersign.idempotency.KeyedRequest;
import dev.countersign.idempotency.Once;
import dev.countersign.idempotency.Place;
import dev.countersign.ingest.DsnChoice;
import dev.countersign.project.store.ProjectReference;
import dev.countersign.project.store.ProjectRepository;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.projectkey.store.CountedUsageRepository;
import dev.countersign.projectkey.store.KeyFilter;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.body.RequestBody;
import dev.countersign.web.contract.Accepts;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.contract.Idempotent;
import dev.countersign.web.contract.Paged;
import dev.countersign.web.contract.Parameter;
import dev.countersign.web.contract.ShowsDsns;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.paging.PageRequest;
import dev.countersign.web.paging.PageResponseBuilder;
import dev.countersign.web.paging.QueryParameters;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Serves the REST endpoints that create, list, show, change and remove the client keys of a project: <a
 * href="https://docs.sentry.io/api/projects/">Sentry's reference</a>.
 */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class ProjectKeyResource {

    private static final String PATH = "projects/{organization}/{project}/keys";

    private final ProjectRepository projects;
    private final ProjectKeyService keys;
    private final Idempotency idempotency;
    private final IngestHosts hosts;
    private final PageResponseBuilder paging;

    ProjectKeyResource(
            ProjectRepository projects,
            ProjectKeyService keys,
            Idempotency idempotency,
            IngestHosts hosts,
            PageResponseBuilder paging) {
        this.projects = projects;
        this.keys = keys;
        this.idempotency = idempotency;
        this.hosts = hosts;
        this.paging = paging;
    }

    @GET
    @Path(PATH)
    @PermissionsAllowed(Scope.PROJECT_READ)
    @Paged
    @Parameter(name = "status", means = KeyFilter.STATUS_WORDS)
    @Parameter(name = "rateLimit", means = KeyFilter.RATE_LIMIT_WORDS, pattern = KeyFilter.RATE_LIMIT_PATTERN)
    @Parameter(name = "unusedFor", means = KeyFilter.UNUSED_FOR_WORDS, pattern = KeyFilter.UNUSED_FOR_PATTERN)
    @Fails(value = 409, because = CountedUsageRepository.CONFLICT_WORDS)
    @ShowsDsns
    public Uni<RestResponse<List<ProjectKeyResponse>>> list(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug project, UriInfo uri) {
        return projects.require(caller, organization, project)
                .flatMap(found -> {
                    DsnChoice dsns = dsns(uri);
                    KeyFilter filter = KeyFilter.read(QueryParameters.of(uri), caller.isOperator());
                    return keys.list(found.id(), filter, PageRequest.of(uri))
                            .map(page -> page.map(key -> ProjectKeyResponse.of(key, found.ingest(), dsns, caller)));
                })
                .map(page -> paging.response(page, uri));
    }

    @POST
    @Path(PATH)
    @ResponseStatus(201)
    @PermissionsAllowed(Scope.PROJECT_WRITE)
    @Accepts("ProjectKeyCreate")
    @ShowsDsns
    @Fails(409)
    @Idempotent
    public Uni<RestResponse<ProjectKeyResponse>> create(
            @HeaderParam(AUTHENTICATED) Caller caller,
            IdOrSlug organization,
            IdOrSlug project,
            HttpHeaders headers,
            RequestBody body,
            UriInfo uri) {
        List<String> key = headers.getRequestHeader(IdempotencyKey.HEADER);
        return projects.require(caller, organization, project).flatMap(found -> {
            DsnChoice dsns = dsns(uri);
            Place place = Place.ofProject("client-key", found.organizationId(), found.id());
            return idempotency
                    .create(
                            KeyedRequest.read(caller, place, key, body),
                            once -> create(caller, found, body.fields(), once),
                            id -> keys.requireById(found.id(), id))
                    .map(created ->
                            created.response(ProjectKeyResponse.of(created.object(), found.ingest(), dsns, caller)));
        });
    }

    @GET
    @Path(PATH + "/{key}")
    @PermissionsAllowed(Scope.PROJECT_READ)
    @ShowsDsns
    @Fails(400)
    public Uni<ProjectKeyResponse> retrieve(
            @HeaderParam(AUTHENTICATED) Caller caller,
            IdOrSlug organization,
            IdOrSlug project,
            String key,
            UriInfo uri) {
        return projects.require(caller, organization, project).flatMap(found -> {
            DsnChoice dsns = dsns(uri);
            return keys.require(caller, found.id(), key)
                    .map(stored -> ProjectKeyResponse.of(stored, found.ingest(), dsns, caller));
        });
    }

    @PUT
    @Path(PATH + "/{key}")
    @PermissionsAllowed(Scope.PROJECT_WRITE)
    @Accepts("ProjectKeyUpdate")
    @ShowsDsns
    public Uni<ProjectKeyResponse> update(
            @HeaderParam(AUTHENTICATED) Caller caller,
            IdOrSlug organization,
            IdOrSlug project,
            String key,
            RequestBody body,
            UriInfo uri) {
        return projects.require(caller, organization, project).flatMap(found -> {
            DsnChoice dsns = dsns(uri);
            return body.read(
                            ProjectKeyResource::change,
                            () -> keys.require(caller, found.id(), key),
                            change -> keys.update(caller, found.id(), key, change))
                    .map(changed -> ProjectKeyResponse.of(changed, found.ingest(), dsns, caller));
        });
    }

    @DELETE
    @Path(PATH + "/{key}")
    @PermissionsAllowed(Scope.PROJECT_ADMIN)
    public Uni<Void> delete(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug project, String key) {
        return projects.require(caller, organization, project).flatMap(found -> keys.remove(caller, found.id(), key));
    }

    private DsnChoice dsns(UriInfo uri) {
        return DsnChoice.of(hosts, QueryParameters.of(uri));
    }

    private static ProjectKeyChange change(RequestFields fields) {
        ProjectKeyChange change = ProjectKeyChange.read(fields);
        fields.check();
        return change;
    }

    private Uni<ProjectKey> create(Caller caller, ProjectReference project, RequestFields fields, Once once) {
        KeyIdentity identity = KeyIdentity.read(fields, caller.isOperator());
        ProjectKeyChange settings = change(fields);
        return keys.create(caller, () -> ProjectKey.create(caller, project, identity), settings, once);
    }
}
