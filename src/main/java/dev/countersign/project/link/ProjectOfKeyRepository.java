package dev.countersign.project.link;

import dev.countersign.credential.Reach;
import dev.countersign.postgres.pool.Statements;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.project.store.Project;
import dev.countersign.project.store.ProjectTable;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the project of a client key in the database, with its organization and its teams, by one statement outside any
 * transaction. The statement reads one row of each index, so that a shared connection suits it.
 */
@ApplicationScoped
public class ProjectOfKeyRepository {

    /** The columns behind those of the project, counted from them. */
    private static final int ORGANIZATION_SLUG = ProjectTable.LISTED.columns().size();

    private static final int ORGANIZATION_NAME = ORGANIZATION_SLUG + 1;
    private static final int TEAM_ID = ORGANIZATION_SLUG + 2;
    private static final int TEAM_SLUG = ORGANIZATION_SLUG + 3;
    private static final int TEAM_NAME = ORGANIZATION_SLUG + 4;

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
        Parameters parameters = Parameters.ofClient();
        String sql = select(publicKey, reach, parameters);
        return statements.execute(sql, parameters.tuple()).map(ProjectOfKeyRepository::read);
    }

    /** A row for each team of the project; a single row, without a team, where it has none. */
    private static String select(String publicKey, Reach reach, Parameters parameters) {
        return "select p.*, o.slug, o.name, t.id, t.slug, t.name from (" + ProjectTable.LISTED.select()
                + "id = (select project_id from project_key where public_key = " + parameters.add(publicKey) + ")"
                + reach.choose(() -> "", own -> " and organization_id = " + parameters.add(own))
                + ") p join organization o on o.id = p.organization_id left join project_team l on l.project_id = p.id"
                + " left join team t on t.id = l.team_id order by t.slug";
    }

    private static @Nullable Found read(RowSet<Row> rows) {
        Found found = null;
        for (Row row : rows) {
            if (found == null) {
                found = new Found(
                        ProjectTable.LISTED.read(row),
                        row.getString(ORGANIZATION_SLUG),
                        row.getString(ORGANIZATION_NAME),
                        new ArrayList<>());
            }
            if (row.getLong(TEAM_ID) != null) {
                found.teams.add(new ProjectTeamRepository.Link(
                        found.project.requireId(),
                        row.getLong(TEAM_ID),
                        row.getString(TEAM_SLUG),
                        row.getString(TEAM_NAME)));
            }
        }
        return found;
    }
}
