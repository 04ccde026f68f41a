package dev.countersign.project;

import dev.countersign.auth.Caller;
import dev.countersign.database.Detached;
import dev.countersign.database.FreeSlug;
import dev.countersign.database.UniqueViolation;
import dev.countersign.error.ApiException;
import dev.countersign.slug.Slug;
import dev.countersign.team.Team;
import dev.countersign.team.TeamService;
import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Creates and changes projects: several rows at once, in one transaction. */
@ApplicationScoped
public class ProjectService {

    private final ProjectRepository projects;
    private final ProjectTeamRepository projectTeams;
    private final TeamService teams;
    private final List<ProjectCreatedListener> listeners;

    ProjectService(
            ProjectRepository projects,
            ProjectTeamRepository projectTeams,
            TeamService teams,
            @All List<ProjectCreatedListener> listeners) {
        this.projects = projects;
        this.projectTeams = projectTeams;
        this.teams = teams;
        this.listeners = listeners;
    }

    /**
     * Creates a project in a team, with what the listeners add.
     *
     * @throws ApiException.Conflict where the slug that it must have is taken
     */
    Uni<Project> create(Caller caller, Team team, NewProject request) {
        return FreeSlug.find(
                        Slug.PROJECT,
                        request.slug(),
                        request.name(),
                        slug -> store(caller, Project.create(caller, team.organizationId, request, slug), team))
                .onFailure(UniqueViolation.class)
                .transform(taken -> new ApiException.Conflict("A project with this slug already exists."));
    }

    /** Creates a project in the team of its creator. */
    Uni<Project> createWithTeam(Caller caller, long organizationId, NewProject request) {
        return teams.findOrCreate(caller, organizationId, teamOf(caller))
                .flatMap(team -> create(caller, team, request));
    }

    /** The slug of the team that a credential's own projects are in. */
    static String teamOf(Caller caller) {
        return "team-" + caller.name().replace(':', '-');
    }

    /**
     * Changes a project; where its slug changes, the old one leads to it from then on.
     *
     * @throws ApiException.Invalid where the new slug is taken
     */
    Uni<Project> update(Caller caller, long id, ProjectChange change) {
        Uni<Project> work = UniqueViolation.in(() -> Panache.withTransaction(() -> projects.findById(id)
                        .onItem()
                        .ifNull()
                        .failWith(ApiException.NotFound::new)
                        .flatMap(project -> apply(caller, project, change))))
                .invoke(changed -> projects.changed(id));
        return Detached.run(work)
                .onFailure(UniqueViolation.class)
                .recoverWithUni(() -> projects.failWithTaken(id, change.slug().or("")));
    }

    private Uni<Project> apply(Caller caller, Project project, ProjectChange change) {
        String formerSlug = project.slug;
        change.apply(project, caller);
        Uni<Void> stored = projects.flush();
        return formerSlug.equals(project.slug)
                ? stored.replaceWith(project)
                : stored.flatMap(done -> projects.redirect(project, formerSlug)).replaceWith(project);
    }

    private Uni<Project> store(Caller caller, Project project, Team team) {
        return Detached.run(UniqueViolation.in(() -> Panache.withTransaction(() -> projects.persistAndFlush(project)
                .call(() -> projectTeams.link(caller, project.requireId(), team))
                .call(() -> tellListeners(caller, project)))));
    }

    private Uni<Void> tellListeners(Caller caller, Project project) {
        Uni<Void> told = Uni.createFrom().voidItem();
        for (ProjectCreatedListener listener : listeners) {
            told = told.flatMap(done -> listener.onProjectCreated(caller, project));
        }
        return told;
    }
}
