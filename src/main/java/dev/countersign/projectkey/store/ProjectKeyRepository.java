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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Reads and writes the client keys of all projects. */
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
     */
    public Uni<Runnable> addInTransaction(Caller caller, ProjectKey key) {
        return persistAndFlush(key).map(stored -> () -> notifyListeners(listener -> listener.created(caller, stored)));
    }

    /** Reads a page of a project's keys, newest first. */
    public Uni<Page<ProjectKey>> list(long projectId, KeyFilter filter, PageRequest request) {
        if (filter.matchesNothing()) {
            return Uni.createFrom().item(Page.empty());
        }
        return select(ProjectKeyTable.ofProject(projectId, filter, request))
                .map(found -> Page.of(request, found, ProjectKey::requireId));
    }

    /**
     * Reads the active keys of a project for SDKs, oldest first, at most 100. The first is usually the key that was
     * created with the project.
     */
    public Uni<List<ProjectKey>> findActive(long projectId) {
        return select(ProjectKeyTable.activeOf(projectId));
    }

    /**
     * Reads a page of an organization's keys, newest first. The query uses a session, because the query may skip many
     * keys between matches: on a shared connection, a slow statement delays the statements behind it.
     */
    public Uni<Page<ProjectKey>> listOfOrganization(long organizationId, KeyFilter filter, PageRequest request) {
        if (filter.matchesNothing()) {
            return Uni.createFrom().item(Page.empty());
        }
        Parameters parameters = Parameters.ofSession();
        String sql = TABLE.select()
                + ProjectKeyTable.ofOrganization(organizationId, filter, request)
                        .sql(parameters);
        String tables = filter.team() == null ? "project_key" : "project_key,project_team";
        return sessions.read(tables, () -> getSession().flatMap(session -> {
                    var query = session.createNativeQuery(sql, ProjectKey.class);
                    parameters.byName().forEach(query::setParameter);
                    return query.getResultList();
                }))
                .map(found -> Page.of(request, found, ProjectKey::requireId));
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
        return notifyAfter(
                        change.apply(sessions, TABLE, ProjectKeyTable.byPublicKey(caller, projectId, publicKey)),
                        (listener, key) -> listener.changed(caller, key))
                .onItem()
                .ifNull()
                .switchTo(() -> require(caller, projectId, publicKey));
    }

    /**
     * Removes one key of a project.
     *
     * @throws ApiException.NotFound where the project has no such key that the caller may see
     */
    public Uni<Void> remove(Caller caller, long projectId, String publicKey) {
        Condition condition = ProjectKeyTable.byPublicKey(caller, projectId, publicKey);
        Uni<Integer> removed = sessions.change(
                        TABLE.name(),
                        condition.values(),
                        () -> AuditedStatement.delete(caller.name(), TABLE.name(), condition))
                .invoke(rows -> ApiException.NotFound.unlessFound(rows, "client key"));
        return notifyAfter(removed, (listener, count) -> listener.removed(caller, projectId, publicKey))
                .replaceWithVoid();
    }

    private Uni<ProjectKey> insert(ProjectKey key) {
        return statements.execute(TABLE.insert(), TABLE.values(key)).map(answer -> TABLE.stored(key, answer));
    }

    private Uni<ProjectKey> requireFirst(Condition condition) {
        return select(condition)
                .map(found -> found.stream().findFirst().orElseThrow(() -> ApiException.NotFound.of("client key")));
    }

    private Uni<List<ProjectKey>> select(Condition condition) {
        Parameters parameters = Parameters.ofClient();
        String sql = TABLE.select() + condition.sql(parameters);
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
