package dev.countersign.project;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.row.FreeSlug;
import dev.countersign.postgres.row.UncancellableWork;
import dev.countersign.postgres.row.UniqueViolation;
import dev.countersign.project.setting.NewProject;
import dev.countersign.project.setting.ProjectChange;
import dev.countersign.project.store.ConfiguredProject;
import dev.countersign.project.store.Project;
import dev.countersign.project.store.ProjectRepository;
import dev.countersign.project.store.ProjectTeamRepository;
import dev.countersign.slug.Slug;
import dev.countersign.team.Team;
import dev.countersign.team.TeamService;
import dev.countersign.web.error.ApiException;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Creates and changes projects: several rows at once, in one transaction. */
@ApplicationScoped
public class ProjectService {

    private final ProjectRepository projects;
    private final ProjectTeamRepository projectTeams;
    private final TeamService teams;
    private final List<ProjectCreatedListener> listeners;
    private final Sessions sessions;

    ProjectService(
            ProjectRepository projects,
            ProjectTeamRepository projectTeams,
            TeamService teams,
            @All List<ProjectCreatedListener> listeners,
            Sessions sessions) {
        this.projects = projects;
        this.projectTeams = projectTeams;
        this.teams = teams;
        this.listeners = listeners;
        this.sessions = sessions;
    }

    /**
     * Creates a project in a team, with what the listeners add.
     *
     * @throws ApiException.Conflict where the slug that it must have is taken
     */
    public Uni<Project> create(Caller caller, Team team, NewProject request) {
        return store(
                caller, team.organizationId, request, () -> Uni.createFrom().item(team));
    }

    /**
     * Creates a project in the team of its creator. The team is made in the transaction of the project, so that a refused
     * project leaves no team behind.
     *
     * @throws ApiException.Conflict where the slug that it must have is taken
     */
    Uni<Project> createWithTeam(Caller caller, long organizationId, NewProject request) {
        return store(caller, organizationId, request, () -> teams.findOrCreate(caller, organizationId, teamOf(caller)));
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
    Uni<ConfiguredProject> update(Caller caller, long id, ProjectChange change) {
        if (change.isEmpty()) {
            return projects.requireConfigured(id);
        }
        Uni<Change> work = UniqueViolation.in(() -> sessions.transaction(
                "project", id, () -> projects.lock(id).flatMap(project -> apply(caller, project, change))));
        return UncancellableWork.run(work.invoke(done -> {
                    if (done.written()) {
                        projects.changed(id);
                    }
                }))
                .map(Change::project)
                .onFailure(UniqueViolation.class)
                .recoverWithUni(() -> projects.failWithTaken(id, change.slug().or("")));
    }

    private Uni<Change> apply(Caller caller, ConfiguredProject project, ProjectChange change) {
        String formerSlug = project.slug;
        if (!change.apply(project, caller)) {
            return Uni.createFrom().item(new Change(project, false));
        }
        return projects.updateLocked(project, formerSlug).replaceWith(new Change(project, true));
    }

    private Uni<Project> store(Caller caller, long organizationId, NewProject request, Supplier<Uni<Team>> team) {
        return FreeSlug.find(
                        Slug.PROJECT,
                        request.slug(),
                        request.name(),
                        slug -> UncancellableWork.run(UniqueViolation.in(() -> sessions.transaction(
                                        "project.organization_id",
                                        organizationId,
                                        () -> store(
                                                caller,
                                                Project.create(
                                                        caller,
                                                        organizationId,
                                                        slug,
                                                        request.name(),
                                                        request.platform()),
                                                team)))
                                .map(Stored::committed)))
                .onFailure(UniqueViolation.class)
                .transform(taken -> new ApiException.Conflict("A project with this slug already exists."));
    }

    private Uni<Stored> store(Caller caller, Project project, Supplier<Uni<Team>> team) {
        List<Runnable> afterCommit = new ArrayList<>();
        return team.get().flatMap(found -> projects.addInTransaction(project)
                .call(() -> projectTeams.link(caller, project.requireId(), found))
                .call(() -> tellListeners(caller, project, afterCommit))
                .map(stored -> new Stored(stored, afterCommit)));
    }

    private Uni<Void> tellListeners(Caller caller, Project project, List<Runnable> afterCommit) {
        Uni<Void> told = Uni.createFrom().voidItem();
        for (ProjectCreatedListener listener : listeners) {
            told = told.flatMap(done -> listener.onProjectCreated(caller, project))
                    .invoke(afterCommit::add)
                    .replaceWithVoid();
        }
        return told;
    }

    /** A new project, and what is to be run once its transaction is committed. */
    private record Stored(Project project, List<Runnable> afterCommit) {
        Project committed() {
            afterCommit.forEach(Runnable::run);
            return project;
        }
    }

    /** A project after a request, and whether the request changed it. */
    private record Change(ConfiguredProject project, boolean written) {}
}
