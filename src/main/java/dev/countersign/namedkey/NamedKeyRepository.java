package dev.countersign.namedkey;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.row.TransactionLock;
import dev.countersign.postgres.row.UncancellableWork;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.projectkey.store.ProjectKeyQuery;
import dev.countersign.projectkey.store.ProjectKeyRepository;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads and writes client keys in the database by their names. A name is not unique. So each change states what was read, and
 * has no effect if another request was faster; the caller then reads again.
 */
@ApplicationScoped
public class NamedKeyRepository {

    private static final String LOCKED_BY = "project_key.label";

    private final Sessions sessions;
    private final ProjectKeyRepository keys;

    NamedKeyRepository(Sessions sessions, ProjectKeyRepository keys) {
        this.sessions = sessions;
        this.keys = keys;
    }

    /** Reads the keys of a project that a name can mean, in the order of {@link ProjectKeyQuery#called}. */
    Uni<List<ProjectKey>> find(long projectId, String name) {
        return keys.find(ProjectKeyQuery.called(projectId, name));
    }

    /** Reads the oldest active key of a project, whatever its name; empty where the project has none. */
    Uni<Optional<ProjectKey>> findOldestActive(long projectId) {
        return keys.findActive(projectId, 1).map(found -> found.stream().findFirst());
    }

    /**
     * Stores a new key, if no key of the project has its name. Requests that add the same name wait for each other, and no
     * others do. The supplier makes a new entity for each attempt.
     *
     * @return the stored key; empty where another key has the name
     */
    Uni<Optional<ProjectKey>> add(Caller caller, long projectId, String name, Supplier<ProjectKey> key) {
        return UncancellableWork.run(
                sessions.transaction(LOCKED_BY, List.of(projectId, name), () -> TransactionLock.take(
                                        LOCKED_BY + " " + projectId + " " + name)
                                .flatMap(locked -> isFree(projectId, name))
                                .flatMap(free -> free
                                        ? store(caller, key.get())
                                        : Uni.createFrom().item(Optional.<Stored>empty())))
                        .map(stored -> stored.map(Stored::committed)));
    }

    /**
     * Removes a key that was read, and all keys that it replaced.
     *
     * @return false where another request has changed or removed the key
     */
    Uni<Boolean> remove(Caller caller, ProjectKey read) {
        return keys.removeMatch(caller, read.projectId, ProjectKeyQuery.withReplaced(read))
                .map(removed -> !removed.isEmpty());
    }

    /** A statement of its own after the lock, so that it sees what earlier holders of the lock have stored. */
    private static Uni<Boolean> isFree(long projectId, String name) {
        Parameters parameters = Parameters.ofSession();
        String sql = ProjectKeyQuery.select(ProjectKeyQuery.called(projectId, name), parameters);
        return Panache.getSession().flatMap(session -> {
            var query = session.createNativeQuery(sql, ProjectKey.class);
            parameters.byName().forEach(query::setParameter);
            return query.getResultList().map(List::isEmpty);
        });
    }

    private Uni<Optional<Stored>> store(Caller caller, ProjectKey key) {
        return keys.addInTransaction(caller, key).map(afterCommit -> Optional.of(new Stored(key, afterCommit)));
    }

    /** Holds a new key, and the work to run after its transaction has committed. */
    private record Stored(ProjectKey key, Runnable afterCommit) {
        ProjectKey committed() {
            afterCommit.run();
            return key;
        }
    }
}
