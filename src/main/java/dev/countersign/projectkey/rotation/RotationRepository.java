package dev.countersign.projectkey.rotation;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.table.Condition;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.projectkey.store.ProjectKeyListeners;
import dev.countersign.projectkey.store.ProjectKeyQuery;
import dev.countersign.projectkey.store.ProjectKeyTable;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replaces a client key by a new one in the database, with one statement for both rows. */
@ApplicationScoped
public class RotationRepository {

    /**
     * Names the new key to the audit trigger, ends the old key, and copies its settings. Of several such statements at once,
     * the first one changes the row, and the others then find that the key was replaced.
     */
    private static final String ROTATE = """
            with rotation as (select set_config('countersign.rotating', :public, true)),
            replaced as (
                update project_key set replaced_by = :public, changed_by = :actor, date_expires = least(date_expires,
                    date_trunc('milliseconds', statement_timestamp()) + interval '1 second' * cast(:overlap as bigint))
                from rotation where %s
                returning %s),
            successor as (%s)
            select * from successor union all select * from replaced order by replaced_by nulls first
            """;

    private final Sessions sessions;
    private final ProjectKeyListeners listeners;

    RotationRepository(Sessions sessions, ProjectKeyListeners listeners) {
        this.sessions = sessions;
        this.listeners = listeners;
    }

    /**
     * Replaces a key of a project that is active and was not replaced before. The old key ends after the overlap, or at its own
     * end if that is earlier.
     *
     * @param end the end of the new key, or null for none
     * @return the new key; empty where the old key is not active, was replaced, or does not exist for the caller
     */
    Uni<Optional<ProjectKey>> rotate(Caller caller, ProjectKey old, long overlapSeconds, @Nullable Instant end) {
        KeyIdentity identity = KeyIdentity.withLabel(old.label);
        Condition condition =
                ProjectKeyQuery.replaceable(ProjectKeyQuery.byPublicKey(caller, old.projectId, old.publicKey));
        Parameters parameters = Parameters.ofSession();
        String sql = ROTATE.formatted(
                condition.sql(parameters),
                ProjectKeyTable.TABLE.columnNames(),
                ProjectKeyTable.copy(
                        "replaced", ":public", ":secret", end == null ? "null" : "cast(:end as timestamptz)"));
        Uni<List<ProjectKey>> rotated =
                sessions.change(ProjectKeyTable.TABLE.name(), condition.values(), () -> Panache.getSession()
                        .flatMap(session -> {
                            var query = session.createNativeQuery(sql, ProjectKey.class);
                            parameters.byName().forEach(query::setParameter);
                            if (end != null) {
                                query.setParameter("end", end);
                            }
                            return query.setParameter("public", identity.publicKey())
                                    .setParameter("secret", identity.secretKey())
                                    .setParameter("actor", caller.name())
                                    .setParameter("overlap", overlapSeconds)
                                    .getResultList();
                        }));
        return listeners
                .notifyAfter(rotated, (listener, keys) -> {
                    if (!keys.isEmpty()) {
                        listener.created(caller, keys.get(0));
                        listener.changed(caller, keys.get(1));
                    }
                })
                .map(keys -> keys.stream().findFirst());
    }
}
