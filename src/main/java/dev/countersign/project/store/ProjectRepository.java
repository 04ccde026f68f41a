package dev.countersign.project.store;

import dev.countersign.announcement.AnnouncedCache;
import dev.countersign.announcement.CacheFactory;
import dev.countersign.announcement.ChangeSubject;
import dev.countersign.credential.Caller;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.pool.Statements;
import dev.countersign.postgres.row.PagedQuery;
import dev.countersign.postgres.row.RowRemoval;
import dev.countersign.ratelimit.DefaultRateLimits;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.hibernate.LockMode;

/** Reads and writes projects in the database, and finds the project that a path names if the caller may act on it. */
@ApplicationScoped
public class ProjectRepository implements PanacheRepository<Project> {

    private static final RowRemoval REMOVAL = new RowRemoval(
            "project",
            List.of(
                    new RowRemoval.Part("idempotency_record", "project_id = :id"),
                    new RowRemoval.Part("project_key", "project_id = :id"),
                    new RowRemoval.Part("project_team", "project_id = :id"),
                    new RowRemoval.Part("project_redirect", "project_id = :id")));

    private final CacheFactory caches;
    private final Statements statements;
    private final ProjectRedirectRepository redirects;
    private final Sessions sessions;
    private final DefaultRateLimits defaultRateLimits;
    private final AnnouncedCache<ProjectPath, ProjectReference> cache;

    ProjectRepository(
            CacheFactory caches,
            Statements statements,
            ProjectRedirectRepository redirects,
            Sessions sessions,
            DefaultRateLimits defaultRateLimits) {
        this.caches = caches;
        this.statements = statements;
        this.redirects = redirects;
        this.sessions = sessions;
        this.defaultRateLimits = defaultRateLimits;
        this.cache = caches.create(ProjectRepository::subjects);
    }

    /**
     * Finds the project that a path names, if the caller may act on it.
     *
     * @throws ApiException.NotFound where no such project exists
     * @throws ApiException.Forbidden where the caller belongs to another organization
     * @throws ApiException.Moved where the project has a new slug
     */
    public Uni<ProjectReference> require(Caller caller, IdOrSlug organization, IdOrSlug project) {
        return cache.get(new ProjectPath(organization, project), () -> find(organization, project)
                        .onItem()
                        .ifNull()
                        .switchTo(() -> redirects.failWithNewSlug(caller, organization, project)))
                .invoke(found -> caller.requireOrganization(found.organizationId()));
    }

    /** Like {@link #require}, but reads all columns. */
    public Uni<ConfiguredProject> requireProject(Caller caller, IdOrSlug organization, IdOrSlug project) {
        return require(caller, organization, project).flatMap(found -> requireConfigured(found.id()));
    }

    /** Reads all columns of a project by its id. Does not check the caller. */
    public Uni<ConfiguredProject> requireConfigured(long id) {
        return orNotFound(sessions.read(
                "project", () -> getSession().flatMap(session -> session.find(ConfiguredProject.class, id))));
    }

    /** Like {@link #requireConfigured}, but locks the row until the transaction ends, so that other changes wait. */
    public Uni<ConfiguredProject> lock(long id) {
        return orNotFound(
                getSession().flatMap(session -> session.find(ConfiguredProject.class, id, LockMode.PESSIMISTIC_WRITE)));
    }

    /** Stores a new project in the transaction that the caller has opened. */
    public Uni<Project> addInTransaction(Project project) {
        return persistAndFlush(project);
    }

    /**
     * Stores the changes of a project that {@link #lock} returned, in the same transaction. Where the slug changed, the
     * former slug redirects to the project.
     */
    public Uni<?> updateLocked(ConfiguredProject project, String formerSlug) {
        Uni<Void> stored = flush();
        return formerSlug.equals(project.slug) ? stored : stored.flatMap(done -> redirects.add(project, formerSlug));
    }

    /** Reads a project by its id. Does not check the caller. */
    public Uni<Project> requireById(long id) {
        return orNotFound(sessions.read("project", () -> findById(id)));
    }

    /** Reads a page of an organization's projects, sorted by slug. */
    public Uni<Page<Project>> list(long organizationId, ProjectQuery query, PageRequest request) {
        return new PagedQuery<>(
                        Project.class,
                        "from Project p where p.organizationId = :organization",
                        Map.of("organization", organizationId))
                .and(query.conditions())
                .bySlug(sessions, request, "p.slug", Project::slug);
    }

    /** Reads a page of a team's projects, sorted by slug. */
    public Uni<Page<Project>> listOfTeam(long teamId, PageRequest request) {
        return new PagedQuery<>(
                        Project.class,
                        "from Project p where p.id in (select l.projectId from ProjectTeam l where l.teamId = :team)",
                        Map.of("team", teamId))
                .bySlug(sessions, request, "p.slug", Project::slug);
    }

    /** Reads a page of all projects that a caller may see, newest first. */
    public Uni<Page<Project>> listAll(Caller caller, ProjectQuery query, PageRequest request) {
        String visible = caller.reach().choose(() -> "true", own -> "p.organizationId = :own");
        return new PagedQuery<>(
                        Project.class,
                        "from Project p where " + visible,
                        caller.reach().choose(Map::of, own -> Map.of("own", own)))
                .and(query.conditions())
                .newestFirst(sessions, request, "p.id", Project::requireId);
    }

    /** Removes a project and its keys. */
    public Uni<Void> remove(Caller caller, long id) {
        return REMOVAL.remove(sessions, caller.name(), id)
                .invoke(rows -> ApiException.NotFound.unlessFound(rows, "project"))
                .invoke(removed -> changed(id))
                .replaceWithVoid();
    }

    /** Fails with an error that names the project with this slug, in the organization of the project with this id. */
    public <T> Uni<T> failWithSlugTaken(long id, String slug) {
        return sessions.read("project", () -> find(
                                "slug = ?1 and organizationId = (select o.organizationId from Project o where o.id = ?2)",
                                slug,
                                id)
                        .firstResult())
                .map(other -> {
                    String name = other == null ? slug : other.name;
                    throw ApiException.Invalid.field(
                            "slug", "Another project (" + name + ") is already using that slug");
                });
    }

    /** Announces a change of a project. Must be called after the transaction of the change has committed. */
    public void changed(long id) {
        caches.changed(ChangeSubject.project(id));
    }

    private static <T> Uni<T> orNotFound(Uni<T> project) {
        return project.onItem().ifNull().failWith(() -> ApiException.NotFound.of("project"));
    }

    private static List<String> subjects(ProjectReference project) {
        return List.of(ChangeSubject.project(project.id()), ChangeSubject.organization(project.organizationId()));
    }

    private Uni<ProjectReference> find(IdOrSlug organization, IdOrSlug project) {
        String query = ProjectReference.SELECT + organization.column("o.id", "o.slug") + " = $1 and "
                + project.column("p.id", "p.slug") + " = $2";
        return statements.first(
                query,
                Tuple.of(organization.value(), project.value()),
                row -> ProjectReference.read(row, defaultRateLimits));
    }

    /** Names a project as a path does: by its organization and project, each an id or a slug. */
    private record ProjectPath(IdOrSlug organization, IdOrSlug project) {}
}
