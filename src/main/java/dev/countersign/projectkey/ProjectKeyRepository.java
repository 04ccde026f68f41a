package dev.countersign.projectkey;

import dev.countersign.auth.Caller;
import dev.countersign.database.Actor;
import dev.countersign.database.PagedQuery;
import dev.countersign.database.UniqueViolation;
import dev.countersign.error.ApiException;
import dev.countersign.paging.Page;
import dev.countersign.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The client keys of all projects. */
@ApplicationScoped
public class ProjectKeyRepository implements PanacheRepository<ProjectKey> {

    private static final int MAX_ACTIVE = 100;
    private static final String SECRET_CONSTRAINT = "project_key_secret_key_key";

    /**
     * Stores a new key: one INSERT, and no transaction around it.
     *
     * @throws ApiException.Conflict where another key has the same public or secret key
     */
    public Uni<ProjectKey> add(ProjectKey key) {
        return UniqueViolation.in(() -> Panache.withSession(() -> persistAndFlush(key)))
                .onFailure(UniqueViolation.class)
                .transform(ProjectKeyRepository::conflict);
    }

    /** A page of a project's keys, newest first. */
    Uni<Page<ProjectKey>> list(long projectId, KeyFilter filter, PageRequest request) {
        return list("from ProjectKey where projectId = :owner", projectId, filter, request);
    }

    /** The active keys of a project for SDKs, oldest first: the one that came with the project leads. At most 100. */
    public Uni<List<ProjectKey>> findActive(long projectId) {
        return Panache.withSession(() -> find(
                        "projectId = ?1 and active and useCase = ?2 order by id",
                        projectId,
                        ProjectKey.DEFAULT_USE_CASE)
                .page(0, MAX_ACTIVE)
                .list());
    }

    /** A page of an organization's keys, newest first. */
    Uni<Page<ProjectKey>> listOfOrganization(long organizationId, KeyFilter filter, PageRequest request) {
        return list("from ProjectKey where organizationId = :owner", organizationId, filter, request);
    }

    /**
     * One of a project's keys.
     *
     * @throws ApiException.NotFound where the project has no such key that the caller may see
     */
    Uni<ProjectKey> require(Caller caller, long projectId, String publicKey) {
        return Panache.withSession(() -> find(caller, projectId, publicKey));
    }

    /** Changes one of a project's keys. */
    Uni<ProjectKey> update(Caller caller, long projectId, String publicKey, Consumer<ProjectKey> change) {
        return Panache.withSession(
                () -> find(caller, projectId, publicKey).invoke(change).call(changed -> flush()));
    }

    /** Removes one of a project's keys. */
    Uni<Void> remove(Caller caller, long projectId, String publicKey) {
        return Actor.delete(
                        caller.name(),
                        "project_key",
                        "public_key = :key and project_id = :project"
                                + (caller.isOperator() ? "" : " and use_case = 'user'"),
                        Map.of("key", storable(publicKey), "project", projectId))
                .invoke(ApiException.NotFound::unlessFound)
                .replaceWithVoid();
    }

    private Uni<Page<ProjectKey>> list(String query, long owner, KeyFilter filter, PageRequest request) {
        if (filter.matchesNothing()) {
            return Uni.createFrom().item(Page.empty());
        }
        Map<String, Object> parameters = new HashMap<>(Map.of("owner", owner));
        if (filter.projects() != null) {
            parameters.put("projects", filter.projects());
        }
        if (filter.team() != null) {
            parameters.put("team", filter.team());
        }
        return new PagedQuery<>(ProjectKey.class, query + filter.condition(), parameters)
                .newestFirst(request, "id", ProjectKey::requireId);
    }

    private Uni<ProjectKey> find(Caller caller, long projectId, String publicKey) {
        return find("publicKey = ?1 and projectId = ?2", storable(publicKey), projectId)
                .firstResult()
                .map(key -> {
                    if (key == null || !isShownTo(caller, key)) {
                        throw new ApiException.NotFound();
                    }
                    return key;
                });
    }

    private static boolean isShownTo(Caller caller, ProjectKey key) {
        return caller.isOperator() || key.useCase.equals(ProjectKey.DEFAULT_USE_CASE);
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
