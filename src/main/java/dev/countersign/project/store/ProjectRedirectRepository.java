package dev.countersign.project.store;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.row.SessionStatement;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.error.ApiException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes in the database the slugs that projects had before a rename. */
@ApplicationScoped
public class ProjectRedirectRepository {

    /** Selects one row if the organization exists. The row holds the new slug if the organization has the redirect. */
    private static final String SELECT_NEW_SLUG = "select o.id, p.slug from Organization o"
            + " left join ProjectRedirect r on r.organizationId = o.id and r.slug = :slug"
            + " left join Project p on p.id = r.projectId where ";

    private static final String NO_SLUG = "";

    private static final String INSERT_REDIRECT = "insert into project_redirect (organization_id, slug, project_id)"
            + " values (:organization, :slug, :project)"
            + " on conflict (organization_id, slug) do update set project_id = excluded.project_id";

    private final Sessions sessions;

    ProjectRedirectRepository(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Stores the former slug of a project. Where another project had the same former slug, the slug now redirects to
     * this project.
     */
    Uni<Integer> add(ConfiguredProject project, String formerSlug) {
        return SessionStatement.execute(
                INSERT_REDIRECT,
                Map.of("organization", project.organizationId, "slug", formerSlug, "project", project.requireId()));
    }

    /**
     * Fails for a path that names no project.
     *
     * @throws ApiException.Moved where a project of the organization had the slug of the path before
     * @throws ApiException.NotFound where no project had the slug, or the organization does not exist
     */
    Uni<ProjectReference> failWithNewSlug(Caller caller, IdOrSlug organization, IdOrSlug project) {
        String query = SELECT_NEW_SLUG + organization.column("o.id", "o.slug") + " = :organization";
        return sessions.read("project_redirect,project,organization", () -> Panache.getSession()
                        .flatMap(session -> session.createSelectionQuery(query, Object[].class)
                                .setParameter("organization", organization.value())
                                .setParameter("slug", project.slug() == null ? NO_SLUG : project.slug())
                                .getSingleResultOrNull()))
                .onItem()
                .transform(row -> {
                    if (row == null || row[1] == null) {
                        throw notFound(caller, row == null ? null : (Long) row[0]);
                    }
                    caller.requireOrganization((Long) row[0]);
                    throw new ApiException.Moved((String) row[1]);
                });
    }

    /**
     * The error for a missing project. A credential of one organization learns nothing about another organization, not
     * even whether it exists.
     *
     * @param organizationId the organization of the path, or null where it does not exist
     */
    private static ApiException notFound(Caller caller, @Nullable Long organizationId) {
        boolean hidden =
                caller.reach().choose(() -> false, own -> organizationId == null || organizationId.longValue() != own);
        if (hidden) {
            return new ApiException.NotFound().explain("The credential has no such organization");
        }
        return ApiException.NotFound.of(organizationId == null ? "organization" : "project");
    }
}
