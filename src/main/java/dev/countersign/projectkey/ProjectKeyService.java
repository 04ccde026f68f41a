package dev.countersign.projectkey;

import dev.countersign.credential.Caller;
import dev.countersign.idempotency.Once;
import dev.countersign.postgres.row.RowChange;
import dev.countersign.postgres.table.Condition;
import dev.countersign.projectkey.store.KeyFilter;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.projectkey.store.ProjectKeyQuery;
import dev.countersign.projectkey.store.ProjectKeyRepository;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lists, finds, creates, changes and removes the client keys of a project, for the REST endpoints. Only the time of the
 * database decides whether a key has expired and whether a new end lies ahead; the clock of this service does not count.
 */
@ApplicationScoped
public class ProjectKeyService {

    /** How often a request reads again because another request was faster. Each time, another request has made progress. */
    private static final int ATTEMPTS = 20;

    private final ProjectKeyRepository keys;

    ProjectKeyService(ProjectKeyRepository keys) {
        this.keys = keys;
    }

    /** Reads a page of a project's keys, newest first. */
    Uni<Page<ProjectKey>> list(long projectId, KeyFilter filter, PageRequest request) {
        return keys.list(projectId, filter, request);
    }

    /**
     * Finds one key of a project.
     *
     * @throws ApiException.NotFound where the project has no such key that the caller may see
     */
    public Uni<ProjectKey> require(Caller caller, long projectId, String publicKey) {
        return keys.require(caller, projectId, publicKey);
    }

    /**
     * Finds one key of a project by its id. Does not check whether the caller may see the key.
     *
     * @throws ApiException.NotFound where the project has no such key
     */
    public Uni<ProjectKey> requireById(long projectId, long id) {
        return keys.requireById(projectId, id);
    }

    /**
     * Stores a new key.
     *
     * @param key makes a new object, without the settings, in each call
     * @throws ApiException.Invalid where the key would end in the past, or in more than a hundred years
     * @throws ApiException.Conflict where another key has the same public or secret key
     * @throws ApiException.NotFound where the project was deleted in the meantime
     */
    Uni<ProjectKey> create(Caller caller, Supplier<ProjectKey> key, ProjectKeyChange settings, Once once) {
        return requireEndAhead(settings)
                .flatMap(any -> keys.add(caller, () -> settings.toRow(caller).applyTo(key.get()), once));
    }

    /**
     * Changes one key of a project. A change without an end is one statement, unless the key has expired or has all values
     * already.
     *
     * @throws ApiException.Invalid where the new end lies in the past or in more than a hundred years, or the change switches on a
     *     key that has expired
     * @throws ApiException.NotFound where the project has no such key that the caller may see
     */
    Uni<ProjectKey> update(Caller caller, long projectId, String publicKey, ProjectKeyChange change) {
        return updateUnlessExpired(caller, projectId, publicKey, change)
                .flatMap(changed -> changed.isPresent()
                        ? Uni.createFrom().item(changed.get())
                        : repeat(() -> keys.require(caller, projectId, publicKey)
                                .flatMap(stored -> change(caller, stored, change))));
    }

    /**
     * Changes a key that was read. A change that sets nothing new writes nothing.
     *
     * @return the key after the change; empty where another request has changed or removed the key
     * @throws ApiException.Invalid as {@link #update}
     */
    public Uni<Optional<ProjectKey>> change(Caller caller, ProjectKey read, ProjectKeyChange change) {
        RowChange<ProjectKey> row = change.toRow(caller, read);
        if (!row.differsFrom(read)) {
            return Uni.createFrom().item(Optional.of(read));
        }
        Uni<?> checked = change.movesEndOf(read)
                ? requireEndAhead(change)
                : Uni.createFrom().voidItem();
        return checked.flatMap(any -> keys.updateMatch(caller, ProjectKeyQuery.asRead(read), row));
    }

    /**
     * Checks that the end which a change sets lies ahead, at most a hundred years. A change without an end costs nothing.
     *
     * @throws ApiException.Invalid where it does not
     */
    public Uni<?> requireEndAhead(ProjectKeyChange change) {
        return change.dateExpires().value() == null
                ? Uni.createFrom().voidItem()
                : keys.databaseTime().invoke(change::requireEndAhead);
    }

    /**
     * Removes one key of a project.
     *
     * @throws ApiException.NotFound where the project has no such key that the caller may see
     */
    Uni<Void> remove(Caller caller, long projectId, String publicKey) {
        return keys.remove(caller, projectId, publicKey);
    }

    /** Runs work until it has a result. Work without a result was overtaken by another request. */
    public static <T> Uni<T> repeat(Supplier<Uni<Optional<T>>> work) {
        return repeat(ATTEMPTS, work);
    }

    private static <T> Uni<T> repeat(int attempts, Supplier<Uni<Optional<T>>> work) {
        return work.get().flatMap(done -> {
            if (done.isPresent()) {
                return Uni.createFrom().item(done.get());
            }
            return attempts > 1 ? repeat(attempts - 1, work) : Uni.createFrom().failure(new ApiException.Unavailable());
        });
    }

    /** Whether a key has expired decides only about a change that says if the key shall be active. */
    private Uni<Optional<ProjectKey>> updateUnlessExpired(
            Caller caller, long projectId, String publicKey, ProjectKeyChange change) {
        if (change.dateExpires().present()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Condition key = ProjectKeyQuery.byPublicKey(caller, projectId, publicKey);
        Condition wanted = change.isActive().present() ? ProjectKeyQuery.unexpired(key) : key;
        return keys.updateMatch(caller, wanted, change.toRow(caller));
    }
}
