package dev.countersign.relay.projectconfig;

import dev.countersign.postgres.pool.Statements;
import dev.countersign.projectkey.store.ProjectKeyTable;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads client keys and their projects for relays, many with one statement. */
@Singleton
public class RelayKeyRepository {

    /** The most bytes of settings that are read at once. A project has up to 64 KiB. */
    static final int MAX_SETTINGS = 2 << 20;

    private static final String KEYS =
            "select public_key, id, organization_id, project_id, " + ProjectKeyTable.ACTIVE_NOW
                    + ", case when isfinite(date_expires)"
                    + " then cast(extract(epoch from date_expires - statement_timestamp()) * 1000 as bigint) end, "
                    + ProjectKeyTable.RATE_LIMIT_WINDOW.name() + ", " + ProjectKeyTable.RATE_LIMIT_COUNT.name()
                    + " from project_key where public_key = any($1)";

    /** Stops at the project with which all settings take {@value #MAX_SETTINGS} bytes, the smallest first. */
    private static final String PROJECTS = """
            select id, slug, settings from (
                select id, slug, settings, octet_length(settings) as size,
                    sum(octet_length(settings)) over (order by octet_length(settings), id) as total
                from project where id = any($1)
            ) as sized
            where total - size < %d""".formatted(MAX_SETTINGS);

    private static final String PROJECT_IDS =
            "select public_key, project_id from project_key where public_key = any($1)";

    private final Statements statements;

    RelayKeyRepository(Statements statements) {
        this.statements = statements;
    }

    /** The keys with these public keys, by public key. Public keys that no client key has are left out. */
    Uni<Map<String, StoredKey>> findKeys(Collection<String> publicKeys) {
        return map(KEYS, Tuple.of(publicKeys.toArray(new String[0])), StoredKey::of, StoredKey::publicKey);
    }

    /**
     * The projects with these ids, by id. Those with the largest settings are left out where all together would take more
     * memory than one answer may.
     */
    Uni<Map<Long, StoredProject>> findProjects(Collection<Long> ids) {
        return map(
                PROJECTS,
                Tuple.of(ids.toArray(new Long[0])),
                row -> new StoredProject(row.getLong(0), row.getString(1), row.getString(2)),
                StoredProject::id);
    }

    /** The ids of the projects of keys, also of keys that are switched off, by public key. */
    public Uni<Map<String, Long>> findProjectIds(Collection<String> publicKeys) {
        return publicKeys.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : statements
                        .execute(PROJECT_IDS, Tuple.of(publicKeys.toArray(new String[0])))
                        .map(RelayKeyRepository::projectIds);
    }

    private static Map<String, Long> projectIds(RowSet<Row> rows) {
        Map<String, Long> ids = new HashMap<>();
        rows.forEach(row -> ids.put(row.getString(0), row.getLong(1)));
        return ids;
    }

    private <K, V> Uni<Map<K, V>> map(String sql, Tuple parameters, Function<Row, V> read, Function<V, K> key) {
        return statements.execute(sql, parameters).map(rows -> {
            Map<K, V> found = new HashMap<>();
            rows.forEach(row -> {
                V value = read.apply(row);
                found.put(key.apply(value), value);
            });
            return found;
        });
    }

    /**
     * Holds a client key as it is stored.
     *
     * @param active whether the key is switched on and has not expired
     * @param millisLeft the time until the key expires; null if it never does
     * @param window the window of the rate limit in seconds, or null
     * @param count the events in a window, or null
     */
    record StoredKey(
            String publicKey,
            long id,
            long organizationId,
            long projectId,
            boolean active,
            @Nullable Long millisLeft,
            @Nullable Integer window,
            @Nullable Integer count) {

        static StoredKey of(Row row) {
            return new StoredKey(
                    row.getString(0),
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getBoolean(4),
                    row.getLong(5),
                    row.getInteger(6),
                    row.getInteger(7));
        }
    }

    /**
     * Holds a project as it is stored.
     *
     * @param settings its settings, as JSON
     */
    record StoredProject(long id, String slug, String settings) {}
}
