package dev.countersign.project;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Reach;
import dev.countersign.project.link.ProjectOfKeyRepository;
import dev.countersign.project.store.ProjectQuery;
import dev.countersign.project.store.ProjectRepository;
import dev.countersign.web.paging.Cursor;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import dev.countersign.web.paging.QueryParameters;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Answers the two lists of projects that take search words. One statement answers a request for the project of one DSN, and
 * three statements answer every other request.
 */
@ApplicationScoped
public class ProjectPageResponseBuilder {

    private final ProjectRepository projects;
    private final ProjectOfKeyRepository projectsOfKeys;
    private final ProjectResponseBuilder responses;

    ProjectPageResponseBuilder(
            ProjectRepository projects, ProjectOfKeyRepository projectsOfKeys, ProjectResponseBuilder responses) {
        this.projects = projects;
        this.projectsOfKeys = projectsOfKeys;
        this.responses = responses;
    }

    /** A page of the projects of an organization, sorted by slug. */
    Uni<RestResponse<List<ProjectResponse>>> ofOrganization(Caller caller, long organizationId, UriInfo uri) {
        QueryParameters parameters = QueryParameters.of(uri);
        ProjectQuery query = ProjectQuery.search(parameters);
        PageRequest request = PageRequest.of(parameters);
        String dsn = askedDsn(query, request);
        return dsn == null
                ? projects.list(organizationId, query, request).flatMap(page -> responses.page(caller, page, uri))
                : ofKey(caller, dsn, Reach.of(organizationId), request, uri, found -> found.project().slug);
    }

    /** A page of all projects that the caller may see, newest first. */
    Uni<RestResponse<List<ProjectResponse>>> visibleTo(Caller caller, UriInfo uri) {
        QueryParameters parameters = QueryParameters.of(uri);
        ProjectQuery query = ProjectQuery.searchAll(parameters);
        PageRequest request = PageRequest.of(parameters);
        String dsn = askedDsn(query, request);
        return dsn == null
                ? projects.listAll(caller, query, request).flatMap(page -> responses.page(caller, page, uri))
                : ofKey(caller, dsn, caller.reach(), request, uri, found -> found.project()
                        .requireId());
    }

    private static @Nullable String askedDsn(ProjectQuery query, PageRequest request) {
        return request.cursor().equals(Cursor.START) ? query.onlyDsn() : null;
    }

    private Uni<RestResponse<List<ProjectResponse>>> ofKey(
            Caller caller,
            String dsn,
            Reach reach,
            PageRequest request,
            UriInfo uri,
            Function<ProjectOfKeyRepository.Found, Object> sortValue) {
        return projectsOfKeys
                .find(dsn, reach)
                .map(found -> Page.of(request, found == null ? List.of() : List.of(found), sortValue))
                .map(page -> responses.pageOfKey(caller, page, uri));
    }
}
