package dev.countersign.projectkey.store;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.row.Actor;
import dev.countersign.postgres.row.PagedQuery;
import dev.countersign.postgres.row.RowChange;
import dev.countersign.postgres.row.UniqueViolation;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The client keys of all projects. */
@ApplicationScoped
public class ProjectKeyRepository implements PanacheRepository<ProjectKey> {

    private static final int MAX_ACTIVE = 100;
    private static final String SECRET_CONSTRAINT = "project_key_secret_key_key";

    private final ProjectKeyRows rows;
    private final Sessions sessions;

    ProjectKeyRepository(ProjectKeyRows rows, Sessions sessions) {
        this.rows = rows;
        this.sessions = sessions;
    }

    /**
     * Stores a new key: one INSERT, and no transaction around it.
     *
     * @throws ApiException.Conflict where another key has the same public or secret key
     * @throws ApiException.NotFound where its project was deleted meanwhile
     */
    public Uni<ProjectKey> add(ProjectKey key) {
        return UniqueViolation.in(() -> rows.insert(key))
                .onFailure(UniqueViolation.class)
                .transform(ProjectKeyRepository::conflict);
    }

    /** A page of a project's keys, newest first. */
    public Uni<Page<ProjectKey>> list(long projectId, KeyFilter filter, PageRequest request) {
        if (filter.matchesNothing()) {
            return Uni.createFrom().item(Page.empty());
        }
        Tuple parameters = Tuple.of(projectId, request.skip(), request.fetch());
        if (request.cursor().hasValue()) {
            parameters.addLong(request.cursor().id());
        }
        String edge = request.descending("id").replace(":edge", "$4");
        return rows.select("project_id = $1" + filter.rowCondition() + edge + " offset $2 limit $3", parameters)
                .map(found -> Page.of(request, found, ProjectKey::requireId));
    }

    /** The active keys of a project for SDKs, oldest first: the one that came with the project leads. At most 100. */
    public Uni<List<ProjectKey>> findActive(long projectId) {
        return sessions.read("project_key", () -> find(
                        "projectId = ?1 and active and useCase = ?2 order by id",
                        projectId,
                        ProjectKey.DEFAULT_USE_CASE)
                .page(0, MAX_ACTIVE)
                .list());
    }

    /** A page of an organization's keys, newest first. */
    public Uni<Page<ProjectKey>> listOfOrganization(long organizationId, KeyFilter filter, PageRequest request) {
        if (filter.matchesNothing()) {
            return Uni.createFrom().item(Page.empty());
        }
        Map<String, Object> parameters = new HashMap<>(Map.of("owner", organizationId));
        if (filter.projects() != null) {
            parameters.put("projects", filter.projects());
        }
        if (filter.team() != null) {
            parameters.put("team", filter.team());
        }
        String query = "from ProjectKey where organizationId = :owner" + filter.condition();
        return new PagedQuery<>(ProjectKey.class, query, parameters)
                .newestFirst(sessions, request, "id", ProjectKey::requireId);
    }

    /**
     * One of a project's keys.
     *
     * @throws ApiException.NotFound where the project has no such key that the caller may see
     */
    public Uni<ProjectKey> require(Caller caller, long projectId, String publicKey) {
        return rows.select("public_key = $1 and project_id = $2", Tuple.of(storable(publicKey), projectId))
                .map(found -> shown(caller, found.isEmpty() ? null : found.get(0)));
    }

    /**
     * Changes one of a project's keys, in one statement where something changes.
     *
     * @throws ApiException.NotFound where the project has no such key that the caller may see
     */
    public Uni<ProjectKey> update(Caller caller, long projectId, String publicKey, RowChange change) {
        return change.apply(
                        sessions,
                        ProjectKeyRows.TABLE,
                        named(caller),
                        Map.of("key", storable(publicKey), "project", projectId))
                .onItem()
                .ifNull()
                .switchTo(() -> require(caller, projectId, publicKey));
    }

    /** Removes one of a project's keys. */
    public Uni<Void> remove(Caller caller, long projectId, String publicKey) {
        Map<String, Object> parameters = Map.of("key", storable(publicKey), "project", projectId);
        return sessions.change(
                        "project_key",
                        parameters,
                        () -> Actor.delete(caller.name(), "project_key", named(caller), parameters))
                .invoke(rows -> ApiException.NotFound.unlessFound(rows, "client key"))
                .replaceWithVoid();
    }

    private static String named(Caller caller) {
        return "public_key = :key and project_id = :project" + (caller.isOperator() ? "" : " and use_case = 'user'");
    }

    private static ProjectKey shown(Caller caller, @Nullable ProjectKey key) {
        if (key == null || !(caller.isOperator() || key.useCase.equals(ProjectKey.DEFAULT_USE_CASE))) {
            throw ApiException.NotFound.of("client key");
        }
        return key;
    }

    /** PostgreSQL has no texts with a NUL, and no key is longer than 32: such a text finds nothing, without asking so. */
    private static String storable(String publicKey) {
        return publicKey.length() > 32 || publicKey.indexOf('\0') >= 0 ? "" : publicKey;
    }

    private static ApiException conflict(UniqueViolation taken) {
        String kind = taken.constraint().equals(SECRET_CONSTRAINT) ? "secret" : "public";
        return new ApiException.Conflict("A client key with this " + kind + " key already exists.");
    }
}
