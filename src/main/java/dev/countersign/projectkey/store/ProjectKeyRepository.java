package dev.countersign.projectkey.store;

import static dev.countersign.projectkey.store.ProjectKeyTable.TABLE;

import dev.countersign.credential.Caller;
import dev.countersign.idempotency.Once;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.pool.Statements;
import dev.countersign.postgres.row.AuditedStatement;
import dev.countersign.postgres.row.RowChange;
import dev.countersign.postgres.row.UniqueViolation;
import dev.countersign.postgres.table.Condition;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads and writes client keys in the database, and tells listeners of each change. */
@ApplicationScoped
public class ProjectKeyRepository implements PanacheRepository<ProjectKey> {

    private static final String SECRET_CONSTRAINT = "project_key_secret_key_key";

    private final Statements statements;
    private final Sessions sessions;
    private final CountedUsageRepository counted;
    private final ProjectKeyListeners listeners;

    ProjectKeyRepository(
            Statements statements, Sessions sessions, CountedUsageRepository counted, ProjectKeyListeners listeners) {
        this.statements = statements;
        this.sessions = sessions;
        this.counted = counted;
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
        return listeners.notifyAfter(added, (listener, stored) -> listener.created(caller, stored));
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
                .map(stored -> () -> listeners.notify(listener -> listener.created(caller, stored)));
    }

    /**
     * Reads a page of a project's keys, newest first.
     *
     * @throws ApiException.Conflict where the filter asks for keys unused for longer than usage is counted
     */
    public Uni<Page<ProjectKey>> list(long projectId, KeyFilter filter, PageRequest request) {
        if (filter.matchesNothing()) {
            return Uni.createFrom().item(Page.empty());
        }
        return counted.require(filter)
                .flatMap(any -> find(ProjectKeyQuery.ofProject(projectId, filter, request)))
                .map(found -> Page.of(request, found, ProjectKey::requireId));
    }

    /**
     * Reads the active keys of a project for SDKs, oldest first. The first is usually the key that was created with the
     * project.
     */
    public Uni<List<ProjectKey>> findActive(long projectId, int limit) {
        return find(ProjectKeyQuery.activeOf(projectId, limit));
    }

    /**
     * Finds one key of a project by its id. Does not check whether the caller may see the key.
     *
     * @throws ApiException.NotFound where the project has no such key
     */
    public Uni<ProjectKey> requireById(long projectId, long id) {
        return requireFirst(find(ProjectKeyQuery.byId(projectId, id)));
    }

    /**
     * Finds one key of a project.
     *
     * @throws ApiException.NotFound where the project has no such key that the caller may see
     */
    public Uni<ProjectKey> require(Caller caller, long projectId, String publicKey) {
        return requireFirst(statements
                .execute(ProjectKeyQuery.lookup(caller), ProjectKeyQuery.lookupValues(projectId, publicKey))
                .map(TABLE::read));
    }

    /**
     * Changes the key that matches a condition.
     *
     * @return the key after the change; empty where no key matches or the change sets nothing new
     */
    public Uni<Optional<ProjectKey>> updateMatch(Caller caller, Condition condition, RowChange<ProjectKey> change) {
        return listeners
                .notifyAfter(change.apply(sessions, TABLE, condition), (listener, key) -> listener.changed(caller, key))
                .map(Optional::ofNullable);
    }

    /**
     * Removes one key of a project.
     *
     * @throws ApiException.NotFound where the project has no such key that the caller may see
     */
    public Uni<Void> remove(Caller caller, long projectId, String publicKey) {
        return removeMatch(caller, projectId, ProjectKeyQuery.byPublicKey(caller, projectId, publicKey))
                .invoke(removed -> ApiException.NotFound.unlessFound(removed.size(), "client key"))
                .replaceWithVoid();
    }

    /**
     * Removes the keys that match a condition.
     *
     * @return the public keys of the removed keys
     */
    public Uni<List<String>> removeMatch(Caller caller, long projectId, Condition condition) {
        Uni<List<String>> removed = sessions.change(
                TABLE.name(),
                condition.values(),
                () -> AuditedStatement.deleteReturning(
                        caller.name(), TABLE.name(), condition, ProjectKeyTable.PUBLIC_KEY.name()));
        return listeners.notifyAfter(
                removed,
                (listener, publicKeys) ->
                        publicKeys.forEach(publicKey -> listener.removed(caller, projectId, publicKey)));
    }

    /** The time of the database, which alone decides when a key expires. */
    public Uni<Instant> databaseTime() {
        return statements.first("select statement_timestamp()", Tuple.tuple(), row -> row.getOffsetDateTime(0)
                .toInstant());
    }

    private Uni<ProjectKey> insert(ProjectKey key) {
        return statements
                .execute(ProjectKeyTable.INSERT, TABLE.values(key))
                .map(rows -> TABLE.stored(key, rows.get(0)));
    }

    private static Uni<ProjectKey> requireFirst(Uni<List<ProjectKey>> keys) {
        return keys.map(found -> found.stream().findFirst().orElseThrow(() -> ApiException.NotFound.of("client key")));
    }

    /** Reads the keys that match a condition of {@link ProjectKeyQuery}, with one statement outside any transaction. */
    public Uni<List<ProjectKey>> find(Condition condition) {
        Parameters parameters = Parameters.ofClient();
        String sql = ProjectKeyQuery.select(condition, parameters);
        return statements.execute(sql, parameters.tuple()).map(TABLE::read);
    }

    private static ApiException conflict(UniqueViolation taken) {
        String kind = taken.constraint().equals(SECRET_CONSTRAINT) ? "secret" : "public";
        return new ApiException.Conflict("A client key with this " + kind + " key already exists.");
    }
}
