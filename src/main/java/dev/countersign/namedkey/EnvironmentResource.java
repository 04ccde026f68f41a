package dev.countersign.namedkey;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.ingest.DsnChoice;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.answer.NegotiatedHeaders;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.contract.Parameter;
import dev.countersign.web.contract.ShowsDsns;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.QueryParameters;
import dev.countersign.web.route.Routes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/**
 * Serves the REST endpoints that answer a client key as environment variables: as a JSON object, or as lines of plain
 * text. The framework chooses the method by {@code Accept}. Without a preference it takes the first one by name, which
 * answers JSON.
 */
@Path(Routes.OWN_PREFIX)
public class EnvironmentResource {

    private static final String OF_KEY = "projects/{organization}/{project}/named-keys/{name}/env";
    private static final String OF_REFERENCE = "organizations/{organization}/env";
    private static final String SEVERAL = "Several active client keys have the name; ids lists at most 100 of them.";
    private static final String NOT_ACCEPTABLE = "The client accepts neither JSON nor plain text.";

    private final OrganizationRepository organizations;
    private final NamedKeyProjects projects;
    private final NamedKeyService keys;
    private final IngestHosts hosts;

    EnvironmentResource(
            OrganizationRepository organizations, NamedKeyProjects projects, NamedKeyService keys, IngestHosts hosts) {
        this.organizations = organizations;
        this.projects = projects;
        this.keys = keys;
        this.hosts = hosts;
    }

    @GET
    @Path(OF_KEY)
    @Produces(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scope.PROJECT_READ)
    @ShowsDsns(expand = false)
    @Fails(400)
    @Fails(value = 406, because = NOT_ACCEPTABLE)
    @Fails(value = 409, because = SEVERAL)
    public Uni<EnvironmentResponse> environmentOfKey(
            @HeaderParam(AUTHENTICATED) Caller caller,
            IdOrSlug organization,
            IdOrSlug project,
            String name,
            UriInfo uri,
            HttpServerResponse response) {
        NegotiatedHeaders.put(response);
        return projects.require(caller, organization, project).flatMap(found -> {
            DsnChoice dsns = dsns(uri);
            return keys.require(found.id(), KeyName.read(name)).map(key -> EnvironmentResponse.of(found, key, dsns));
        });
    }

    @GET
    @Path(OF_KEY)
    @Produces(MediaType.TEXT_PLAIN)
    @PermissionsAllowed(Scope.PROJECT_READ)
    public Uni<String> linesOfKey(
            @HeaderParam(AUTHENTICATED) Caller caller,
            IdOrSlug organization,
            IdOrSlug project,
            String name,
            UriInfo uri,
            HttpServerResponse response) {
        return environmentOfKey(caller, organization, project, name, uri, response)
                .map(EnvironmentResponse::plainText);
    }

    /** One URL for all client keys of an organization. A reference with a slash cannot stand in a path as it is. */
    @GET
    @Path(OF_REFERENCE)
    @Produces(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scope.PROJECT_READ)
    @Parameter(
            name = "ref",
            means =
                    "A project by id, slug or former slug, then the oldest active key counts; or a project, a slash and the"
                            + " name of a key. Once.",
            required = true,
            pattern = "^[A-Za-z0-9_-]{1,100}(/[^/]{1,64})?$")
    @ShowsDsns(expand = false)
    @Fails(400)
    @Fails(value = 406, because = NOT_ACCEPTABLE)
    @Fails(value = 409, because = SEVERAL)
    public Uni<EnvironmentResponse> environmentOfReference(
            @HeaderParam(AUTHENTICATED) Caller caller,
            IdOrSlug organization,
            UriInfo uri,
            HttpServerResponse response) {
        NegotiatedHeaders.put(response);
        KeyReference reference;
        try {
            reference = KeyReference.read(QueryParameters.of(uri).all("ref"));
        } catch (ApiException refused) {
            return organizations.require(caller, organization).onItem().transformToUni(found -> Uni.createFrom()
                    .failure(refused));
        }
        return projects.follow(caller, organization, reference.project()).flatMap(found -> {
            DsnChoice dsns = dsns(uri);
            return keys.require(found.id(), reference).map(key -> EnvironmentResponse.of(found, key, dsns));
        });
    }

    @GET
    @Path(OF_REFERENCE)
    @Produces(MediaType.TEXT_PLAIN)
    @PermissionsAllowed(Scope.PROJECT_READ)
    public Uni<String> linesOfReference(
            @HeaderParam(AUTHENTICATED) Caller caller,
            IdOrSlug organization,
            UriInfo uri,
            HttpServerResponse response) {
        return environmentOfReference(caller, organization, uri, response).map(EnvironmentResponse::plainText);
    }

    private DsnChoice dsns(UriInfo uri) {
        return DsnChoice.of(hosts, QueryParameters.of(uri));
    }
}
