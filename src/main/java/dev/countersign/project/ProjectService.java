package dev.countersign.project;

import dev.countersign.credential.Caller;
import dev.countersign.crypto.Sha256;
import dev.countersign.idempotency.Once;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.row.FreeSlug;
import dev.countersign.postgres.row.UncancellableWork;
import dev.countersign.postgres.row.UniqueViolation;
import dev.countersign.project.link.ProjectTeamRepository;
import dev.countersign.project.setting.NewProject;
import dev.countersign.project.setting.ProjectChange;
import dev.countersign.project.store.ConfiguredProject;
import dev.countersign.project.store.Project;
import dev.countersign.project.store.ProjectRepository;
import dev.countersign.slug.Slug;
import dev.countersign.team.Team;
import dev.countersign.team.TeamService;
import dev.countersign.web.error.ApiException;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * Creates projects, where needed with a team, in one transaction with the rows that listeners add, such as the first client
 * key; and changes projects.
 */
@ApplicationScoped
public class ProjectService {

    /** How much of a digest tells the subjects of an issuer apart. A slug of a team has at most 50 characters. */
    private static final int SUBJECT_BYTES = 6;

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
     * Creates a project in a team, with the rows that {@link ProjectCreatedListener}s add.
     *
     * @param once stores the project
     * @throws ApiException.Conflict where the requested slug is taken
     */
    public Uni<Project> create(Caller caller, Team team, NewProject request, Once once) {
        return store(
                caller, team.organizationId, request, () -> Uni.createFrom().item(team), once);
    }

    /**
     * Creates a project in the team of its creator. The transaction of the project creates the team, so that a refused
     * project leaves no team behind.
     *
     * @param once stores the project
     * @throws ApiException.Conflict where the requested slug is taken
     */
    Uni<Project> createWithTeam(Caller caller, long organizationId, NewProject request, Once once) {
        return store(
                caller,
                organizationId,
                request,
                () -> teams.findOrCreate(caller, organizationId, ownTeamSlug(caller)),
                once);
    }

    /** Reads a project that was created before. Does not check the caller. */
    Uni<Project> created(long id) {
        return projects.requireById(id);
    }

    /**
     * The slug of the team that holds the projects of a credential. The subject of an issuer's token may be long and hold any
     * character, so a digest stands for it.
     */
    static String ownTeamSlug(Caller caller) {
        if (caller instanceof Caller.Issued issued) {
            String digest = HexFormat.of().formatHex(Sha256.of(issued.subject()), 0, SUBJECT_BYTES);
            return "team-" + issued.issuer() + "-" + digest;
        }
        return "team-" + caller.name().replace(':', '-');
    }

    /**
     * Changes a project. Where the slug changes, the former slug redirects to the project.
     *
     * @throws ApiException.Invalid where the new slug is taken
     */
    Uni<ConfiguredProject> update(Caller caller, long id, ProjectChange change) {
        if (change.isEmpty()) {
            return projects.requireConfigured(id);
        }
        Uni<UpdateResult> work = UniqueViolation.in(() -> sessions.transaction(
                "project", id, () -> projects.lock(id).flatMap(project -> apply(caller, project, change))));
        return UncancellableWork.run(work.invoke(done -> {
                    if (done.changed()) {
                        projects.changed(id);
                    }
                }))
                .map(UpdateResult::project)
                .onFailure(UniqueViolation.class)
                .recoverWithUni(
                        () -> projects.failWithSlugTaken(id, change.slug().or("")));
    }

    private Uni<UpdateResult> apply(Caller caller, ConfiguredProject project, ProjectChange change) {
        String formerSlug = project.slug;
        if (!change.apply(project, caller)) {
            return Uni.createFrom().item(new UpdateResult(project, false));
        }
        return projects.updateLocked(project, formerSlug).replaceWith(new UpdateResult(project, true));
    }

    private Uni<Project> store(
            Caller caller, long organizationId, NewProject request, Supplier<Uni<Team>> team, Once once) {
        return FreeSlug.find(
                        Slug.PROJECT,
                        request.slug(),
                        request.name(),
                        slug -> UncancellableWork.run(UniqueViolation.in(() -> once.run(
                                        () -> sessions.transaction(
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
                                                        team)),
                                        StoredProject::id))
                                .map(StoredProject::committed)))
                .onFailure(UniqueViolation.class)
                .transform(taken -> new ApiException.Conflict("A project with this slug already exists."));
    }

    private Uni<StoredProject> store(Caller caller, Project project, Supplier<Uni<Team>> team) {
        List<Runnable> afterCommit = new ArrayList<>();
        return team.get().flatMap(found -> projects.addInTransaction(project)
                .call(() -> projectTeams.link(caller, project.requireId(), found))
                .call(() -> notifyListeners(caller, project, afterCommit))
                .map(stored -> new StoredProject(stored, afterCommit)));
    }

    private Uni<Void> notifyListeners(Caller caller, Project project, List<Runnable> afterCommit) {
        Uni<Void> notified = Uni.createFrom().voidItem();
        for (ProjectCreatedListener listener : listeners) {
            notified = notified.flatMap(done -> listener.onProjectCreated(caller, project))
                    .invoke(afterCommit::add)
                    .replaceWithVoid();
        }
        return notified;
    }

    /** Holds a new project, and the work to run after its transaction has committed. */
    private record StoredProject(Project project, List<Runnable> afterCommit) {
        long id() {
            return project.requireId();
        }

        Project committed() {
            afterCommit.forEach(Runnable::run);
            return project;
        }
    }

    /** Holds a project after a request, and whether the request changed the row. */
    private record UpdateResult(ConfiguredProject project, boolean changed) {}
}
