package dev.countersign.project.link;

import dev.countersign.postgres.merge.TextLookup;
import dev.countersign.project.store.Project;
import dev.countersign.project.store.ProjectTable;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the project of a client key, with its organization and its teams. The only value is the public key. The answer has a row
 * for each team of the project, and a single row without a team where it has none.
 */
final class ProjectOfKeyQuery extends TextLookup {

    /** The columns behind those of the project, counted from them. */
    private static final int PUBLIC_KEY = ProjectTable.LISTED.columns().size();

    private static final int ORGANIZATION_SLUG = PUBLIC_KEY + 1;
    private static final int ORGANIZATION_NAME = PUBLIC_KEY + 2;
    private static final int TEAM_ID = PUBLIC_KEY + 3;
    private static final int TEAM_SLUG = PUBLIC_KEY + 4;
    private static final int TEAM_NAME = PUBLIC_KEY + 5;

    ProjectOfKeyQuery() {
        super(ProjectOfKeyQuery::select, PUBLIC_KEY);
    }

    /**
     * PostgreSQL follows each key by the indexes, because it does not rearrange subqueries with an {@code offset}. Otherwise
     * it reads a whole small table for some keys, which takes twice as long at 1,000 projects.
     */
    private static String select(String keys) {
        return "select p.*, k.public_key, o.slug, o.name, t.id, t.slug, t.name from project_key k cross join lateral ("
                + ProjectTable.LISTED.select() + "id = k.project_id offset 0) p cross join lateral"
                + " (select slug, name from organization where id = p.organization_id offset 0) o left join lateral"
                + " (select team.id, team.slug, team.name from project_team l join team on team.id = l.team_id"
                + " where l.project_id = p.id offset 0) t on true where k.public_key in " + keys + " order by t.slug";
    }

    /** Reads the project of the rows that answer a value; null where there is none. */
    static ProjectOfKeyRepository.@Nullable Found read(List<Row> rows) {
        if (rows.isEmpty()) {
            return null;
        }
        Row first = rows.get(0);
        Project project = ProjectTable.LISTED.read(first);
        List<ProjectTeamRepository.Link> teams = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getLong(TEAM_ID) != null) {
                teams.add(new ProjectTeamRepository.Link(
                        project.requireId(), row.getLong(TEAM_ID), row.getString(TEAM_SLUG), row.getString(TEAM_NAME)));
            }
        }
        return new ProjectOfKeyRepository.Found(
                project, first.getString(ORGANIZATION_SLUG), first.getString(ORGANIZATION_NAME), teams);
    }
}
