package dev.countersign.projectkey.store;

import static dev.countersign.projectkey.store.ProjectKeyTable.TABLE;

import dev.countersign.credential.Caller;
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
import org.jboss.logging.Logger;

/** The client keys of all projects. */
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
     * Stores a new key: one INSERT, and no transaction around it.
     *
     * @throws ApiException.Conflict where another key has the same public or secret key
     * @throws ApiException.NotFound where its project was deleted meanwhile
     */
    public Uni<ProjectKey> add(Caller caller, ProjectKey key) {
        Uni<ProjectKey> added = UniqueViolation.in(() -> statements.execute(TABLE.insert(), TABLE.values(key)))
                .onFailure(UniqueViolation.class)
                .transform(ProjectKeyRepository::conflict)
                .map(answer -> TABLE.stored(key, answer));
        return telling(added, (listener, stored) -> listener.created(caller, stored));
    }

    /**
     * Stores a new key in the transaction that its caller has opened.
     *
     * @return to be run once the transaction is committed
     */
    public Uni<Runnable> addInTransaction(Caller caller, ProjectKey key) {
        return persistAndFlush(key).map(stored -> () -> tell(listener -> listener.created(caller, stored)));
    }

    /** A page of a project's keys, newest first. */
    public Uni<Page<ProjectKey>> list(long projectId, KeyFilter filter, PageRequest request) {
        if (filter.matchesNothing()) {
            return Uni.createFrom().item(Page.empty());
        }
        return select(ProjectKeyTable.ofProject(projectId, filter, request))
                .map(found -> Page.of(request, found, ProjectKey::requireId));
    }

    /** The active keys of a project for SDKs, oldest first: the one that came with the project leads. At most 100. */
    public Uni<List<ProjectKey>> findActive(long projectId) {
        return select(ProjectKeyTable.activeOf(projectId));
    }

    /**
     * A page of an organization's keys, newest first. In a session: many keys may lie between those that match, and a slow
     * statement holds up those behind it where many share a connection.
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
     * One of a project's keys.
     *
     * @throws ApiException.NotFound where the project has no such key that the caller may see
     */
    public Uni<ProjectKey> require(Caller caller, long projectId, String publicKey) {
        return select(ProjectKeyTable.named(caller, projectId, publicKey))
                .map(found -> found.stream().findFirst().orElseThrow(() -> ApiException.NotFound.of("client key")));
    }

    /**
     * Changes one of a project's keys, in one statement where something changes.
     *
     * @throws ApiException.NotFound where the project has no such key that the caller may see
     */
    public Uni<ProjectKey> update(Caller caller, long projectId, String publicKey, RowChange<ProjectKey> change) {
        return telling(
                        change.apply(sessions, TABLE, ProjectKeyTable.named(caller, projectId, publicKey)),
                        (listener, key) -> listener.changed(caller, key))
                .onItem()
                .ifNull()
                .switchTo(() -> require(caller, projectId, publicKey));
    }

    /** Removes one of a project's keys. */
    public Uni<Void> remove(Caller caller, long projectId, String publicKey) {
        Condition condition = ProjectKeyTable.named(caller, projectId, publicKey);
        Uni<Integer> removed = sessions.change(
                        TABLE.name(),
                        condition.values(),
                        () -> AuditedStatement.delete(caller.name(), TABLE.name(), condition))
                .invoke(rows -> ApiException.NotFound.unlessFound(rows, "client key"));
        return telling(removed, (listener, count) -> listener.removed(caller, projectId, publicKey))
                .replaceWithVoid();
    }

    private Uni<List<ProjectKey>> select(Condition condition) {
        Parameters parameters = Parameters.ofClient();
        String sql = TABLE.select() + condition.sql(parameters);
        return statements.execute(sql, parameters.tuple()).map(TABLE::read);
    }

    /** Has listeners told of what was stored, also where the client that asked for it hangs up. */
    private <T> Uni<T> telling(Uni<T> stored, BiConsumer<ProjectKeyListener, T> event) {
        return listeners.isEmpty()
                ? stored
                : UncancellableWork.run(
                        stored.onItem().ifNotNull().invoke(item -> tell(listener -> event.accept(listener, item))));
    }

    /** What one listener throws keeps nothing from the others. */
    private void tell(Consumer<ProjectKeyListener> event) {
        for (ProjectKeyListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s failed to take note of a change of a client key", listener.getClass());
            }
        }
    }

    private static ApiException conflict(UniqueViolation taken) {
        String kind = taken.constraint().equals(SECRET_CONSTRAINT) ? "secret" : "public";
        return new ApiException.Conflict("A client key with this " + kind + " key already exists.");
    }
}
