package dev.countersign.gate.count;

import dev.countersign.postgres.pool.DatabaseConnections;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds counts of events to the stored counts in the database, on a connection of its own: the statement may be long, and waits
 * for the statements of other replicas that add counts of the same keys.
 */
@Singleton
public class CountRepository {

    private static final String WAIT_FOR_OTHERS = "set lock_timeout = '1s'";

    /** Each part goes through its rows in the order of the keys, so that no two replicas wait for each other. */
    private static final String ADD = """
            with counted as materialized (
                select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
                    as counted(key_id, organization_id, seen, accepted, limited, rejected)
            ), hours as (
                insert into key_usage_hour as stored (key_id, bucket, accepted, limited, rejected)
                select key_id, to_timestamp(seen / 3600000 * 3600), accepted, limited, rejected from counted order by key_id
                on conflict (key_id, bucket) do update
                set accepted = stored.accepted + excluded.accepted, limited = stored.limited + excluded.limited,
                    rejected = stored.rejected + excluded.rejected
            ), seen as (
                insert into key_last_seen as stored
                    (key_id, organization_id, last_seen, last_rejected, accepted, limited, rejected)
                select key_id, organization_id, to_timestamp(seen / 1000.0),
                    case when rejected > 0 then to_timestamp(seen / 1000.0) end, accepted, limited, rejected
                from counted order by key_id
                on conflict (key_id) do update
                set last_seen = greatest(stored.last_seen, excluded.last_seen),
                    last_rejected = greatest(stored.last_rejected, excluded.last_rejected),
                    accepted = stored.accepted + excluded.accepted, limited = stored.limited + excluded.limited,
                    rejected = stored.rejected + excluded.rejected
            ), still_used as materialized (
                select removed.public_key, used.events
                from unnest($11::text[], $12::bigint[]) as used(public_key, events)
                join removed_client_key removed on removed.public_key = used.public_key
                order by removed.public_key for no key update of removed
            ), removed as (
                update removed_client_key stored
                set rejected = stored.rejected + still_used.events,
                    last_rejected = greatest(stored.last_rejected, to_timestamp($13::bigint / 1000.0))
                from still_used where stored.public_key = still_used.public_key
            ), windows as (
                insert into key_window as stored (key_id, window_start, window_seconds, count)
                select key_id, to_timestamp(start / 1000.0), seconds, events
                from unnest($7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[])
                    as passed(key_id, start, seconds, events) order by key_id
                on conflict (key_id) do update
                set window_start = excluded.window_start, window_seconds = excluded.window_seconds,
                    count = excluded.count + case
                        when stored.window_start = excluded.window_start
                            and stored.window_seconds = excluded.window_seconds then stored.count
                        else 0 end
                where stored.window_start <= excluded.window_start or stored.window_seconds <> excluded.window_seconds
                returning key_id, window_start, count
            )
            select key_id, cast(extract(epoch from window_start) * 1000 as bigint), count from windows""";

    /** An interruption of an hour or more begins a new time of counting. */
    private static final String NOTE_COUNTING = """
            insert into usage_counting as stored (counted_since, counted_until) values (now(), now())
            on conflict (only_row) do update
            set counted_since = case
                    when stored.counted_until < now() - interval '1 hour' then now() else stored.counted_since end,
                counted_until = now()""";

    private final DatabaseConnections connections;
    private @Nullable PgConnection kept;

    CountRepository(DatabaseConnections connections) {
        this.connections = connections;
    }

    /**
     * Adds counts with one statement.
     *
     * @return what all replicas passed in the running windows of the keys in the batch
     */
    static Future<List<WindowTotal>> add(PgConnection connection, CountBatch batch) {
        return connection.preparedQuery(ADD).execute(batch.parameters()).map(CountRepository::totals);
    }

    /** Notes that usage is being counted now. */
    static Future<RowSet<Row>> noteCounting(PgConnection connection) {
        return connection.preparedQuery(NOTE_COUNTING).execute(Tuple.tuple());
    }

    /** The connection for counts. Opens one if there is none. */
    synchronized Future<PgConnection> connection() {
        PgConnection current = kept;
        return current != null
                ? Future.succeededFuture(current)
                : connections.open().compose(opened -> {
                    opened.closeHandler(closed -> forget(opened));
                    return opened.query(WAIT_FOR_OTHERS)
                            .execute()
                            .onSuccess(set -> keep(opened))
                            .onFailure(failure -> opened.close())
                            .map(opened);
                });
    }

    /** Closes the connection. */
    synchronized void close() {
        PgConnection current = kept;
        kept = null;
        if (current != null) {
            current.close();
        }
    }

    private synchronized void keep(PgConnection opened) {
        kept = opened;
    }

    private synchronized void forget(PgConnection gone) {
        if (kept == gone) {
            kept = null;
        }
    }

    private static List<WindowTotal> totals(RowSet<Row> rows) {
        List<WindowTotal> totals = new ArrayList<>(rows.size());
        for (Row row : rows) {
            totals.add(new WindowTotal(row.getLong(0), row.getLong(1), row.getLong(2)));
        }
        return totals;
    }
}
