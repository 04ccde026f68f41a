package dev.countersign.projectkey.store;

import static dev.countersign.projectkey.store.ProjectKeyTable.TABLE;

import dev.countersign.credential.Caller;
import dev.countersign.idempotency.Once;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.pool.Statements;
import dev.countersign.postgres.row.AuditedStatement;
import dev.countersign.postgres.row.RowChange;
import dev.countersign.postgres.row.UncancellableWork;
import dev.countersign.postgres.row.UniqueViolation;
import dev.countersign.postgres.table.Condition;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Reads and writes client keys, and tells listeners of each change. */
@ApplicationScoped
public class ProjectKeyRepository implements PanacheRepository<ProjectKey> {

    private static final Logger LOG = Logger.getLogger(ProjectKeyRepository.class);
    private static final String SECRET_CONSTRAINT = "project_key_secret_key_key";

    private final Statements statements;
    private final Sessions sessions;
    private final List<ProjectKeyListener> listeners;

    ProjectKeyRepository(Statements statements, Sessions sessions, @All List<ProjectKeyListener> listeners) {
        this.statements = statements;
        this.sessions = sessions;
        this.listeners = listeners;
    }

    /**
     * Stores a new key with one INSERT, and without an explicit transaction unless the request has an {@code Idempotency-Key}.
     *
     * @param key makes a new object in each call
     * @throws ApiException.Conflict where another key has the same public or secret key
     * @throws ApiException.NotFound where the project was deleted in the meantime
     */
    public Uni<ProjectKey> add(Caller caller, Supplier<ProjectKey> key, Once once) {
        Uni<ProjectKey> added = UniqueViolation.in(() -> once.run(
                        () -> once.isInTransaction() ? persistAndFlush(key.get()) : insert(key.get()),
                        ProjectKey::requireId))
                .onFailure(UniqueViolation.class)
                .transform(ProjectKeyRepository::conflict);
        return notifyAfter(added, (listener, stored) -> listener.created(caller, stored));
    }

    /**
     * Stores a new key in the transaction that the caller has opened.
     *
     * @return the work to run after the commit
     * @throws ApiException.Conflict where another key has the same public or secret key
     */
    public Uni<Runnable> addInTransaction(Caller caller, ProjectKey key) {
        return UniqueViolation.in(() -> persistAndFlush(key))
                .onFailure(UniqueViolation.class)
                .transform(ProjectKeyRepository::conflict)
                .map(stored -> () -> notifyListeners(listener -> listener.created(caller, stored)));
    }

    /** Reads a page of a project's keys, newest first. */
    public Uni<Page<ProjectKey>> list(long projectId, KeyFilter filter, PageRequest request) {
        if (filter.matchesNothing()) {
            return Uni.createFrom().item(Page.empty());
        }
        return find(ProjectKeyTable.ofProject(projectId, filter, request))
                .map(found -> Page.of(request, found, ProjectKey::requireId));
    }

    /**
     * Reads the active keys of a project for SDKs, oldest first. The first is usually the key that was created with the
     * project.
     */
    public Uni<List<ProjectKey>> findActive(long projectId, int limit) {
        return find(ProjectKeyTable.activeOf(projectId, limit));
    }

    /**
     * Finds one key of a project by its id. Does not check whether the caller may see the key.
     *
     * @throws ApiException.NotFound where the project has no such key
     */
    public Uni<ProjectKey> requireById(long projectId, long id) {
        return requireFirst(ProjectKeyTable.byId(projectId, id));
    }

    /**
     * Finds one key of a project.
     *
     * @throws ApiException.NotFound where the project has no such key that the caller may see
     */
    public Uni<ProjectKey> require(Caller caller, long projectId, String publicKey) {
        return requireFirst(ProjectKeyTable.byPublicKey(caller, projectId, publicKey));
    }

    /**
     * Changes one key of a project. One statement writes the row, and only where a value differs.
     *
     * @throws ApiException.NotFound where the project has no such key that the caller may see
     */
    public Uni<ProjectKey> update(Caller caller, long projectId, String publicKey, RowChange<ProjectKey> change) {
        return updateMatch(caller, ProjectKeyTable.byPublicKey(caller, projectId, publicKey), change)
                .flatMap(changed -> changed.map(key -> Uni.createFrom().item(key))
                        .orElseGet(() -> require(caller, projectId, publicKey)));
    }

    /**
     * Changes the key that matches a condition.
     *
     * @return the key after the change; empty where no key matches or the change sets nothing new
     */
    public Uni<Optional<ProjectKey>> updateMatch(Caller caller, Condition condition, RowChange<ProjectKey> change) {
        return notifyAfter(change.apply(sessions, TABLE, condition), (listener, key) -> listener.changed(caller, key))
                .map(Optional::ofNullable);
    }

    /**
     * Removes one key of a project.
     *
     * @throws ApiException.NotFound where the project has no such key that the caller may see
     */
    public Uni<Void> remove(Caller caller, long projectId, String publicKey) {
        return removeMatch(caller, ProjectKeyTable.byPublicKey(caller, projectId, publicKey), projectId, publicKey)
                .invoke(rows -> ApiException.NotFound.unlessFound(rows, "client key"))
                .replaceWithVoid();
    }

    /**
     * Removes a key if it matches a condition.
     *
     * @return 1, or 0 where the key does not match
     */
    public Uni<Integer> removeMatch(Caller caller, Condition condition, long projectId, String publicKey) {
        Uni<Integer> removed = sessions.change(
                TABLE.name(),
                condition.values(),
                () -> AuditedStatement.delete(caller.name(), TABLE.name(), condition));
        return notifyAfter(removed, (listener, rows) -> {
            if (rows > 0) {
                listener.removed(caller, projectId, publicKey);
            }
        });
    }

    private Uni<ProjectKey> insert(ProjectKey key) {
        return statements.execute(TABLE.insert(), TABLE.values(key)).map(answer -> TABLE.stored(key, answer));
    }

    private Uni<ProjectKey> requireFirst(Condition condition) {
        return find(condition)
                .map(found -> found.stream().findFirst().orElseThrow(() -> ApiException.NotFound.of("client key")));
    }

    /** Reads the keys that match a condition of {@link ProjectKeyTable}, with one statement outside any transaction. */
    public Uni<List<ProjectKey>> find(Condition condition) {
        Parameters parameters = Parameters.ofClient();
        String sql = ProjectKeyTable.select(condition, parameters);
        return statements.execute(sql, parameters.tuple()).map(TABLE::read);
    }

    /** Notifies listeners after a change is stored, even where the client disconnects before. */
    private <T> Uni<T> notifyAfter(Uni<T> stored, BiConsumer<ProjectKeyListener, T> event) {
        return listeners.isEmpty()
                ? stored
                : UncancellableWork.run(stored.onItem()
                        .ifNotNull()
                        .invoke(item -> notifyListeners(listener -> event.accept(listener, item))));
    }

    /** Calls every listener, even where another one throws. */
    private void notifyListeners(Consumer<ProjectKeyListener> event) {
        for (ProjectKeyListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.errorf(e, "The listener %s failed for a change of a client key", listener.getClass());
            }
        }
    }

    private static ApiException conflict(UniqueViolation taken) {
        String kind = taken.constraint().equals(SECRET_CONSTRAINT) ? "secret" : "public";
        return new ApiException.Conflict("A client key with this " + kind + " key already exists.");
    }
}
