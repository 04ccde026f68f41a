package dev.countersign.namedkey;

import dev.countersign.credential.Caller;
import dev.countersign.project.store.ProjectReference;
import dev.countersign.project.store.ProjectRepository;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.error.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Finds the project of a named key, by a former slug too, and answers 404 with the text "Project not found" if there is
 * none.
 */
@ApplicationScoped
public class NamedKeyProjects {

    private static final int MAX_REDIRECTS = 3;

    private final ProjectRepository projects;

    NamedKeyProjects(ProjectRepository projects) {
        this.projects = projects;
    }

    /**
     * Finds the project that a path names, if the caller may act on it.
     *
     * @throws ApiException.NotFound where no such project exists
     * @throws ApiException.Forbidden where the caller belongs to another organization
     * @throws ApiException.Moved where the project has a new slug
     */
    Uni<ProjectReference> require(Caller caller, IdOrSlug organization, IdOrSlug project) {
        return projects.require(caller, organization, project)
                .onFailure(ApiException.NotFound.class)
                .transform(NamedKeyProjects::notFound);
    }

    /** Like {@link #require}, but finds a project with a new slug by its former slug too. */
    Uni<ProjectReference> follow(Caller caller, IdOrSlug organization, IdOrSlug project) {
        return follow(caller, organization, project, MAX_REDIRECTS);
    }

    private Uni<ProjectReference> follow(Caller caller, IdOrSlug organization, IdOrSlug project, int redirects) {
        return require(caller, organization, project)
                .onFailure(ApiException.Moved.class)
                .recoverWithUni(moved -> redirects > 0
                        ? follow(caller, organization, IdOrSlug.fromString(moved.slug()), redirects - 1)
                        : Uni.createFrom().failure(new ApiException.Unavailable()));
    }

    private static Throwable notFound(Throwable failure) {
        return new ApiException.NotFound("Project not found").explain(((ApiException) failure).explanation());
    }
}
