package dev.countersign.gate.count;

import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.postgres.driver.ConnectionHandlers;
import dev.countersign.postgres.pool.DatabaseConnections;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Adds counts of events to the stored counts in the database, on a connection of its own: the statement may be long, and waits
 * for the statements of other replicas that add counts of the same keys.
 */
@Singleton
public class CountRepository {

    /**
     * A statement with the counts of all keys may be long, and may wait for that of another replica. Neither holds up requests:
     * the connection has no other statements.
     */
    private static final String BE_PATIENT = "set lock_timeout = '2s'; set statement_timeout = '5min'";

    /**
     * How long the answer may take for each key, beside the response timeout: some five times what PostgreSQL needs for the first
     * counts of an hour, and more otherwise.
     */
    private static final long NANOS_A_KEY = TimeUnit.MICROSECONDS.toNanos(100);

    /** Notes that usage is counted now, under a condition. An interruption of an hour or more begins a new time of counting. */
    private static final String NOTE_COUNTING = """
            insert into usage_counting as stored (counted_since, counted_until) select now(), now() where %s
            on conflict (only_row) do update
            set counted_since = case
                    when stored.counted_until < now() - interval '1 hour' then now() else stored.counted_since end,
                counted_until = now()""";

    /**
     * Each part goes through its rows in the order of the keys, so that no two replicas wait for each other. {@code turn} has a
     * row unless the batch was added before; a statement that is still under way with the same batch is waited for. The hour
     * in {@code key_last_seen} is that of the counts: where another one stood, a trigger stores the earlier of both.
     */
    private static final String ADD = """
            with noted as (%s), turn as (
                insert into gate_flush as stored (replica, number) values ($16, $17)
                on conflict (replica) do update set number = excluded.number, date_written = now()
                where stored.number < excluded.number
                returning number
            ), counted as materialized (
                select counted.* from turn, unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
                        $6::bigint[], $7::bigint[])
                    as counted(key_id, organization_id, seen, accepted, limited, rejected, refused)
            ), seen as (
                insert into key_last_seen as stored
                    (key_id, organization_id, last_seen, accepted, limited, rejected, refused, last_refused,
                    hour, hour_accepted, hour_limited, hour_rejected)
                select key_id, organization_id, to_timestamp(seen / 1000.0), accepted, limited, rejected + refused, refused,
                    case when refused > 0 then to_timestamp(seen / 1000.0) end,
                    to_timestamp(seen / 3600000 * 3600), accepted, limited, rejected + refused
                from counted order by key_id
                on conflict (key_id) do update
                set last_seen = greatest(stored.last_seen, excluded.last_seen),
                    accepted = stored.accepted + excluded.accepted, limited = stored.limited + excluded.limited,
                    rejected = stored.rejected + excluded.rejected,
                    refused = excluded.refused + case
                        when excluded.accepted + excluded.limited + excluded.rejected > excluded.refused then 0
                        else stored.refused end,
                    last_refused = case
                        when excluded.accepted + excluded.limited + excluded.rejected > excluded.refused
                            then excluded.last_refused
                        else greatest(stored.last_refused, excluded.last_refused) end,
                    hour = excluded.hour,
                    hour_accepted = excluded.accepted
                        + case when stored.hour = excluded.hour then stored.hour_accepted else 0 end,
                    hour_limited = excluded.limited
                        + case when stored.hour = excluded.hour then stored.hour_limited else 0 end,
                    hour_rejected = excluded.rejected
                        + case when stored.hour = excluded.hour then stored.hour_rejected else 0 end
            ), used as (
                select removed.public_key, sum(used.events) as events
                from turn, unnest($12::text[], $13::bigint[], $14::bigint[]) as used(public_key, organization_id, events)
                join removed_client_key removed on removed.public_key = used.public_key
                    and used.organization_id in (0, removed.organization_id)
                group by removed.public_key
            ), still_used as materialized (
                select public_key, used.events from used join removed_client_key removed using (public_key)
                order by public_key for no key update of removed
            ), removed as (
                update removed_client_key stored
                set rejected = stored.rejected + still_used.events,
                    last_rejected = greatest(stored.last_rejected, to_timestamp($15::bigint / 1000.0))
                from still_used where stored.public_key = still_used.public_key
            ), windows as (
                insert into key_window as stored (key_id, window_start, window_seconds, count)
                select key_id, to_timestamp(start / 1000.0), seconds, events
                from turn, unnest($8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
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
            select key_id, cast(extract(epoch from window_start) * 1000 as bigint), count from windows""".formatted(NOTE_COUNTING.formatted("$18"));

    private final DatabaseConnections connections;
    private final Duration responseTimeout;
    private @Nullable PgConnection kept;

    CountRepository(DatabaseConnections connections, DatabaseConfig config) {
        this.connections = connections;
        this.responseTimeout = config.connection().responseTimeout();
    }

    /**
     * Adds counts with one statement, unless a statement with the same batch has added them. If the statement fails, it may be
     * sent again, also where nobody knows whether it ran.
     *
     * @param note whether the statement also notes that usage is being counted now
     * @return what all replicas passed in the running windows of the keys in the batch; nothing of a batch that was added before
     */
    static Future<List<WindowTotal>> add(PgConnection connection, Tuple batch, boolean note) {
        return connection.preparedQuery(ADD).execute(batch.addBoolean(note)).map(CountRepository::totals);
    }

    /** Gives the answers on a connection as much time as a statement with the counts of so many keys needs. */
    void awaitAnswers(PgConnection connection, int keys) {
        ConnectionHandlers.limitAnswers(connection, responseTimeout.plusNanos(keys * NANOS_A_KEY));
    }

    /** Notes that usage is being counted now, although there is nothing to add. */
    static Future<Void> noteCounting(PgConnection connection) {
        return connection
                .preparedQuery(NOTE_COUNTING.formatted("true"))
                .execute()
                .mapEmpty();
    }

    /** The connection for counts. Opens one if there is none. */
    synchronized Future<PgConnection> connection() {
        PgConnection current = kept;
        return current != null
                ? Future.succeededFuture(current)
                : connections.open().compose(opened -> {
                    opened.closeHandler(closed -> forget(opened));
                    return opened.query(BE_PATIENT)
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
