package dev.countersign.postgres.pool;

import dev.countersign.postgres.turn.LockQueues;
import dev.countersign.postgres.turn.WantedRow;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.function.Function;

/**
 * Sends single SQL statements outside any transaction, without a session of Hibernate, which would cost more than the
 * statement. Many statements share a connection, and each is sent without waiting for the answers to earlier ones.
 */
@Singleton
public class Statements {

    private final DatabaseConnections connections;
    private final LockQueues locks;

    Statements(DatabaseConnections connections, LockQueues locks) {
        this.connections = connections;
        this.locks = locks;
    }

    /** Runs one statement, with parameters for {@code $1} and so on. */
    public Uni<RowSet<Row>> execute(String sql, Tuple parameters) {
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(locks.send(
                        () -> WantedRow.ofStatement(sql, parameters),
                        () -> connections.pipelined().preparedQuery(sql).execute(parameters))));
    }

    /** Runs one statement and reads the first row of its answer; null if there is no row. */
    public <T> Uni<T> first(String sql, Tuple parameters, Function<Row, T> read) {
        return execute(sql, parameters).map(rows -> {
            var row = rows.iterator();
            return row.hasNext() ? read.apply(row.next()) : null;
        });
    }
}
