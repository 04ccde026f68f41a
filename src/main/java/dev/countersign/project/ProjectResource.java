package dev.countersign.project;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.project.setting.ProjectChange;
import dev.countersign.project.store.ProjectQuery;
import dev.countersign.project.store.ProjectRepository;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.body.RequestBody;
import dev.countersign.web.contract.Accepts;
import dev.countersign.web.contract.Paged;
import dev.countersign.web.contract.Parameter;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.RequestFields;
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
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Serves the REST endpoints that list, show, change and remove projects: <a
 * href="https://docs.sentry.io/api/projects/">Sentry's reference</a>.
 */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class ProjectResource {

    private static final String PATH = "projects";

    private final ProjectRepository projects;
    private final ProjectPageResponseBuilder pages;
    private final ProjectService service;
    private final ProjectResponseBuilder responses;
    private final IngestHosts hosts;

    ProjectResource(
            ProjectRepository projects,
            ProjectPageResponseBuilder pages,
            ProjectService service,
            ProjectResponseBuilder responses,
            IngestHosts hosts) {
        this.projects = projects;
        this.pages = pages;
        this.service = service;
        this.responses = responses;
        this.hosts = hosts;
    }

    @GET
    @Path(PATH)
    @PermissionsAllowed(Scope.PROJECT_READ)
    @Paged
    @Parameter(name = "query", means = ProjectQuery.WORDS)
    @Parameter(name = "status", means = "active is every project; any other word matches nothing.")
    @Parameter(
            name = "organizationId",
            means = "The id of the only organization whose projects are shown.",
            pattern = "^([0-9]{1,18})?$")
    public Uni<RestResponse<List<ProjectResponse>>> list(@HeaderParam(AUTHENTICATED) Caller caller, UriInfo uri) {
        return pages.visibleTo(caller, uri);
    }

    @GET
    @Path(PATH + "/{organization}/{project}")
    @PermissionsAllowed(Scope.PROJECT_READ)
    public Uni<ProjectResponse> retrieve(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug project) {
        return projects.requireProject(caller, organization, project)
                .flatMap(found -> responses.details(caller, found));
    }

    @PUT
    @Path(PATH + "/{organization}/{project}")
    @PermissionsAllowed(Scope.PROJECT_READ)
    @Accepts("ProjectUpdate")
    public Uni<ProjectResponse> update(
            @HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug project, RequestBody body) {
        return projects.require(caller, organization, project)
                .flatMap(found -> service.update(caller, found.id(), read(caller, body.fields())))
                .flatMap(changed -> responses.details(caller, changed));
    }

    @DELETE
    @Path(PATH + "/{organization}/{project}")
    @PermissionsAllowed(Scope.PROJECT_ADMIN)
    public Uni<Void> delete(@HeaderParam(AUTHENTICATED) Caller caller, IdOrSlug organization, IdOrSlug project) {
        return projects.require(caller, organization, project).flatMap(found -> projects.remove(caller, found.id()));
    }

    /**
     * Reads the body. As in Sentry, {@code project:read} suffices for {@code isBookmarked}. That member has no effect
     * here, because a credential has no bookmarks.
     */
    private ProjectChange read(Caller caller, RequestFields fields) {
        boolean bookmarkOnly = fields.names().stream().allMatch("isBookmarked"::equals);
        if (!caller.has(Scope.PROJECT_WRITE) && !bookmarkOnly) {
            throw new ApiException.Forbidden();
        }
        return ProjectChange.read(fields, hosts);
    }
}
