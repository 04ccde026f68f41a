package dev.countersign.project.store;

import dev.countersign.announcement.AnnouncedCache;
import dev.countersign.announcement.CacheFactory;
import dev.countersign.announcement.ChangeSubject;
import dev.countersign.credential.Caller;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.pool.Statements;
import dev.countersign.postgres.row.PagedQuery;
import dev.countersign.postgres.row.RowRemoval;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.LockMode;

/** The projects of all organizations. */
@ApplicationScoped
public class ProjectRepository implements PanacheRepository<Project> {

    /** Not in Hibernate's language: to parse it is most of what the first request of a cold start would cost. */
    private static final String REFERENCE =
            "select p.id, p.organization_id from project p join organization o on o.id = p.organization_id where ";

    private static final RowRemoval REMOVAL = new RowRemoval(
            "project",
            List.of(
                    new RowRemoval.Part("project_key", "project_id = :id"),
                    new RowRemoval.Part("project_team", "project_id = :id"),
                    new RowRemoval.Part("project_redirect", "project_id = :id")));

    private final CacheFactory caches;
    private final Statements statements;
    private final ProjectRedirectRepository redirects;
    private final Sessions sessions;
    private final AnnouncedCache<Name, ProjectReference> known;

    ProjectRepository(
            CacheFactory caches, Statements statements, ProjectRedirectRepository redirects, Sessions sessions) {
        this.caches = caches;
        this.statements = statements;
        this.redirects = redirects;
        this.sessions = sessions;
        this.known = caches.create(ProjectRepository::subjects);
    }

    /**
     * The project that a path names, for a caller that may act on it.
     *
     * @throws ApiException.NotFound where there is none
     * @throws ApiException.Forbidden where the caller belongs to another organization
     * @throws ApiException.Moved where the project has a new slug
     */
    public Uni<ProjectReference> require(Caller caller, IdOrSlug organization, IdOrSlug project) {
        return known.get(new Name(organization, project), () -> find(organization, project)
                        .onItem()
                        .ifNull()
                        .switchTo(() -> redirects.failWithNewSlug(caller, organization, project)))
                .invoke(found -> caller.requireOrganization(found.organizationId()));
    }

    /** The same with all its columns. */
    public Uni<ConfiguredProject> requireProject(Caller caller, IdOrSlug organization, IdOrSlug project) {
        return require(caller, organization, project).flatMap(found -> requireConfigured(found.id()));
    }

    /** The project of an id with all its columns, whoever asks. */
    public Uni<ConfiguredProject> requireConfigured(long id) {
        return sessions.read(
                        "project", () -> getSession().flatMap(session -> session.find(ConfiguredProject.class, id)))
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.NotFound.of("project"));
    }

    /** The same, locked until the transaction ends: whoever else changes the project waits and then reads the change. */
    public Uni<ConfiguredProject> lock(long id) {
        return getSession()
                .flatMap(session -> session.find(ConfiguredProject.class, id, LockMode.PESSIMISTIC_WRITE))
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.NotFound.of("project"));
    }

    /** Stores a new project in the transaction that its caller has opened. */
    public Uni<Project> addInTransaction(Project project) {
        return persistAndFlush(project);
    }

    /**
     * Stores what was changed in a project that {@link #lock} answered, in the same transaction. Where the slug changed, the
     * one that the project had before leads to it from then on.
     */
    public Uni<?> updateLocked(ConfiguredProject project, String formerSlug) {
        Uni<Void> stored = flush();
        return formerSlug.equals(project.slug) ? stored : stored.flatMap(done -> redirects.add(project, formerSlug));
    }

    /** The project of an id, whoever asks. */
    public Uni<Project> requireById(long id) {
        return sessions.read("project", () -> findById(id))
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.NotFound.of("project"));
    }

    /** A page of an organization's projects, by slug. */
    public Uni<Page<Project>> list(long organizationId, ProjectQuery query, PageRequest request) {
        return new PagedQuery<>(
                        Project.class,
                        "from Project p where p.organizationId = :organization" + query.condition(),
                        query.parameters(Map.of("organization", organizationId)))
                .bySlug(sessions, request, "p.slug", Project::slug);
    }

    /** A page of a team's projects, by slug. */
    public Uni<Page<Project>> listOfTeam(long teamId, PageRequest request) {
        return new PagedQuery<>(
                        Project.class,
                        "from Project p where p.id in (select l.projectId from ProjectTeam l where l.teamId = :team)",
                        Map.of("team", teamId))
                .bySlug(sessions, request, "p.slug", Project::slug);
    }

    /** A page of all projects that a caller may see, newest first. */
    public Uni<Page<Project>> listAll(Caller caller, ProjectQuery query, PageRequest request) {
        String visible = caller.reach().choose(() -> "true", own -> "p.organizationId = :own");
        return new PagedQuery<>(
                        Project.class,
                        "from Project p where " + visible + query.condition(),
                        query.parameters(caller.reach().choose(Map::of, own -> Map.of("own", own))))
                .newestFirst(sessions, request, "p.id", Project::requireId);
    }

    /** The slugs, by id, of those projects of an organization that are named by id or by slug. */
    public Uni<Map<Long, String>> slugsById(long organizationId, Set<Long> ids, Set<String> slugs) {
        return sessions.read("project", () -> getSession().flatMap(session -> session.createSelectionQuery(
                                "select id, slug from Project where organizationId = :organization"
                                        + " and (id in :ids or slug in :slugs)",
                                Object[].class)
                        .setParameter("organization", organizationId)
                        .setParameter("ids", ids)
                        .setParameter("slugs", slugs)
                        .getResultList()))
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> (Long) row[0], row -> (String) row[1])));
    }

    /** Removes a project with its keys. */
    public Uni<Void> remove(Caller caller, long id) {
        return REMOVAL.remove(sessions, caller.name(), id)
                .invoke(rows -> ApiException.NotFound.unlessFound(rows, "project"))
                .invoke(removed -> changed(id))
                .replaceWithVoid();
    }

    /** Fails with the name of the project that has a slug, in the organization of another project. */
    public <T> Uni<T> failWithTaken(long id, String slug) {
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

    /** To be called once a change of a project is committed. */
    public void changed(long id) {
        caches.changed(ChangeSubject.project(id));
    }

    private static List<String> subjects(ProjectReference project) {
        return List.of(ChangeSubject.project(project.id()), ChangeSubject.organization(project.organizationId()));
    }

    private Uni<ProjectReference> find(IdOrSlug organization, IdOrSlug project) {
        String query = REFERENCE + organization.column("o.id", "o.slug") + " = $1 and "
                + project.column("p.id", "p.slug") + " = $2";
        return statements.first(query, Tuple.of(organization.value(), project.value()), ProjectRepository::reference);
    }

    private static ProjectReference reference(Row row) {
        return new ProjectReference(row.getLong(0), row.getLong(1));
    }

    /** How a path names a project. */
    private record Name(IdOrSlug organization, IdOrSlug project) {}
}
