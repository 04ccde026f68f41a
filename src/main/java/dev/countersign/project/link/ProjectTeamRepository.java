package dev.countersign.project.link;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.row.AuditedStatement;
import dev.countersign.project.store.Project;
import dev.countersign.team.Team;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads and writes in the database which projects are in which teams. */
@ApplicationScoped
public class ProjectTeamRepository implements PanacheRepositoryBase<ProjectTeam, ProjectTeam.Key> {

    /** SQL and not HQL, because Hibernate translates a query with a list of values again for each execution. */
    private static final String SELECT_TEAMS = "select l.project_id, t.id, t.slug, t.name from project_team l"
            + " join team t on t.id = l.team_id where l.project_id = any(:projects) order by t.slug";

    private static final String SELECT_FIRST_PROJECTS = """
            select p, t.id, t.slug, t.name from Project p
            left join ProjectTeam l on l.projectId = p.id left join Team t on t.id = l.teamId
            where p.id in (
                select f.id from Project f where f.organizationId = :organization order by f.slug limit %d)
            order by p.slug, t.slug""".formatted(PageRequest.FIRST.limit());

    private final Sessions sessions;

    ProjectTeamRepository(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Names a team of a project, as one row of a query. */
    public record Link(long projectId, long teamId, String slug, String name) {
        private static Link read(Object[] row) {
            return new Link((Long) row[0], (Long) row[1], (String) row[2], (String) row[3]);
        }
    }

    /** Reads the teams of projects, grouped by the project's id. The map has no entry for a project without a team. */
    public Uni<Map<Long, List<Link>>> teamsOf(List<Long> projectIds) {
        if (projectIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return sessions.read("project_team,team", () -> getSession()
                        .flatMap(session -> session.createNativeQuery(SELECT_TEAMS, Object[].class)
                                .setParameter("projects", projectIds.toArray(new Long[0]))
                                .getResultList()))
                .map(rows -> rows.stream().map(Link::read).collect(Collectors.groupingBy(Link::projectId)));
    }

    /** Reads the first page of an organization's projects, sorted by slug, each with its teams. */
    public Uni<Map<Project, List<Link>>> firstProjects(long organizationId) {
        return sessions.read("project,project_team,team", () -> getSession()
                        .flatMap(session -> session.createSelectionQuery(SELECT_FIRST_PROJECTS, Object[].class)
                                .setParameter("organization", organizationId)
                                .getResultList()))
                .map(ProjectTeamRepository::byProject);
    }

    private static Map<Project, List<Link>> byProject(List<Object[]> rows) {
        Map<Project, List<Link>> found = new LinkedHashMap<>();
        for (Object[] row : rows) {
            Project project = (Project) row[0];
            List<Link> teams = found.computeIfAbsent(project, first -> new ArrayList<>());
            if (row[1] != null) {
                teams.add(new Link(project.requireId(), (Long) row[1], (String) row[2], (String) row[3]));
            }
        }
        return found;
    }

    /** Links a project with a team. Does nothing where the link exists. */
    public Uni<Integer> link(Caller caller, long projectId, Team team) {
        return AuditedStatement.execute(
                caller.name(),
                "insert into project_team (project_id, team_id)"
                        + " select cast(:project as bigint), cast(:team as bigint) from actor on conflict do nothing",
                Map.of("project", projectId, "team", team.requireId()));
    }

    /** Removes the link of a project with a team. Does nothing where no link exists. */
    public Uni<Integer> unlink(Caller caller, long projectId, Team team) {
        return AuditedStatement.delete(
                caller.name(),
                "project_team",
                parameters -> "project_id = " + parameters.add(projectId) + " and team_id = "
                        + parameters.add(team.requireId()));
    }
}
