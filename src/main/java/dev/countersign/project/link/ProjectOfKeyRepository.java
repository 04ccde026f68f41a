package dev.countersign.project.link;

import dev.countersign.credential.Reach;
import dev.countersign.postgres.pool.Statements;
import dev.countersign.project.store.Project;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the project of a client key in the database, with its organization and its teams, by one statement outside any
 * transaction. The statement reads one row of each index, so that a shared connection suits it, and may serve other requests too.
 */
@ApplicationScoped
public class ProjectOfKeyRepository {

    private static final ProjectOfKeyQuery LOOKUP = new ProjectOfKeyQuery();

    private final Statements statements;

    ProjectOfKeyRepository(Statements statements) {
        this.statements = statements;
    }

    /**
     * Holds a project with the names of its organization, and its teams by slug.
     *
     * @param organizationSlug the slug of the organization
     * @param organizationName the name of the organization
     */
    public record Found(
            Project project,
            String organizationSlug,
            String organizationName,
            List<ProjectTeamRepository.Link> teams) {}

    /**
     * Finds the project that has a client key.
     *
     * @param publicKey any text without a NUL, which PostgreSQL refuses
     * @param reach the organizations to search
     * @return the project, or null
     */
    public Uni<@Nullable Found> find(String publicKey, Reach reach) {
        return statements
                .execute(LOOKUP, Tuple.of(publicKey))
                .map(ProjectOfKeyQuery::read)
                .map(found -> found == null || !reach.includes(found.project().organizationId) ? null : found);
    }
}
