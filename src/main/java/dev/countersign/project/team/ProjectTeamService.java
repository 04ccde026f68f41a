package dev.countersign.project.team;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.project.ProjectResponse;
import dev.countersign.project.ProjectResponseBuilder;
import dev.countersign.project.link.ProjectTeamRepository;
import dev.countersign.project.store.ConfiguredProject;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.team.Team;
import dev.countersign.team.TeamRepository;
import dev.countersign.web.error.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Adds projects to teams and removes them from teams, for the REST endpoints. */
@ApplicationScoped
public class ProjectTeamService {

    private final TeamRepository teams;
    private final ProjectTeamRepository projectTeams;
    private final ProjectResponseBuilder responses;
    private final Sessions sessions;

    ProjectTeamService(
            TeamRepository teams,
            ProjectTeamRepository projectTeams,
            ProjectResponseBuilder responses,
            Sessions sessions) {
        this.teams = teams;
        this.projectTeams = projectTeams;
        this.responses = responses;
        this.sessions = sessions;
    }

    /** Adds a project to a team of its organization. Does nothing where the project is in the team. */
    Uni<ProjectResponse> link(Caller caller, ConfiguredProject project, IdOrSlug team) {
        return change(caller, project, team, found -> projectTeams.link(caller, project.requireId(), found));
    }

    /** Removes a project from a team of its organization. Does nothing where the project is not in the team. */
    Uni<ProjectResponse> unlink(Caller caller, ConfiguredProject project, IdOrSlug team) {
        return change(caller, project, team, found -> projectTeams.unlink(caller, project.requireId(), found));
    }

    private Uni<ProjectResponse> change(
            Caller caller, ConfiguredProject project, IdOrSlug team, Function<Team, Uni<Integer>> change) {
        return requireTeam(project, team)
                .flatMap(found -> sessions.change("project_team", project.requireId(), () -> change.apply(found)))
                .flatMap(done -> responses.details(caller, project));
    }

    /**
     * Finds the team. The error says "Team does not exist.", as in Sentry, so that the client can tell a missing team
     * from a missing project.
     */
    private Uni<Team> requireTeam(ConfiguredProject project, IdOrSlug team) {
        return teams.find(project.organizationId, team)
                .onItem()
                .ifNull()
                .failWith(() -> new ApiException.NotFound("Team does not exist."));
    }
}
