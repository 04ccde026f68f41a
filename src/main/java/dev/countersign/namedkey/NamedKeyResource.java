package dev.countersign.namedkey;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.ingest.DsnChoice;
import dev.countersign.projectkey.ProjectKeyResponse;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.body.RequestBody;
import dev.countersign.web.contract.Accepts;
import dev.countersign.web.contract.Creates;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.contract.ShowsDsns;
import dev.countersign.web.paging.QueryParameters;
import dev.countersign.web.route.Routes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestResponse;

/** Serves the REST endpoints that find, make and remove the client key of a project by its name. */
@Path(Routes.OWN_PREFIX)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class NamedKeyResource {

    private static final String PATH = "projects/{organization}/{project}/named-keys/{name}";
    private static final String SEVERAL = "Several client keys have the name; ids lists at most 100 of them.";

    private final NamedKeyProjects projects;
    private final NamedKeyService keys;
    private final IngestHosts hosts;

    NamedKeyResource(NamedKeyProjects projects, NamedKeyService keys, IngestHosts hosts) {
        this.projects = projects;
        this.keys = keys;
        this.hosts = hosts;
    }

    @GET
    @Path(PATH)
    @PermissionsAllowed(Scope.PROJECT_READ)
    @ShowsDsns
    @Fails(400)
    @Fails(value = 409, because = SEVERAL)
    public Uni<ProjectKeyResponse> retrieve(
            @HeaderParam(AUTHENTICATED) Caller caller,
            IdOrSlug organization,
            IdOrSlug project,
            String name,
            UriInfo uri) {
        return projects.require(caller, organization, project).flatMap(found -> {
            DsnChoice dsns = dsns(uri);
            return keys.require(found.id(), KeyName.read(name))
                    .map(key -> ProjectKeyResponse.of(key, found.ingest(), dsns, caller));
        });
    }

    /** Creates the key (201), or changes it (200). */
    @PUT
    @Path(PATH)
    @PermissionsAllowed(Scope.PROJECT_WRITE)
    @Accepts("NamedKeyPut")
    @ShowsDsns
    @Creates
    @Fails(
            value = 409,
            because =
                    "Several active client keys have the name, or only inactive ones and the body has no isActive; ids"
                            + " lists at most 100 of them. Or another name has the public or secret key.")
    public Uni<RestResponse<ProjectKeyResponse>> put(
            @HeaderParam(AUTHENTICATED) Caller caller,
            IdOrSlug organization,
            IdOrSlug project,
            String name,
            RequestBody body,
            UriInfo uri) {
        return projects.require(caller, organization, project).flatMap(found -> {
            DsnChoice dsns = dsns(uri);
            return keys.put(caller, found, NamedKeyRequest.read(KeyName.read(name), body.fields()))
                    .map(put -> RestResponse.status(
                            put.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                            ProjectKeyResponse.of(put.key(), found.ingest(), dsns, caller)));
        });
    }

    @DELETE
    @Path(PATH)
    @PermissionsAllowed(Scope.PROJECT_ADMIN)
    @Fails(400)
    @Fails(value = 409, because = SEVERAL)
    public Uni<Void> delete(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug project, String name) {
        return projects.require(caller, organization, project)
                .flatMap(found -> keys.remove(caller, found.id(), KeyName.read(name)));
    }

    private DsnChoice dsns(UriInfo uri) {
        return DsnChoice.of(hosts, QueryParameters.of(uri));
    }
}
