package dev.countersign.postgres.pool;

import dev.countersign.postgres.turn.LockQueues;
import dev.countersign.postgres.turn.WantedRow;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
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
    private final FirstStatements first;

    Statements(DatabaseConnections connections, LockQueues locks, FirstStatements first) {
        this.connections = connections;
        this.locks = locks;
        this.first = first;
    }

    /** Runs one statement, with parameters for {@code $1} and so on. */
    public Uni<RowSet<Row>> execute(String sql, Tuple parameters) {
        // Without the CompletionStage by which Mutiny would otherwise wait for a Future of Vert.x.
        return Uni.createFrom()
                .emitter(answer -> locks.send(() -> WantedRow.ofStatement(sql, parameters), () -> send(sql, parameters))
                        .onComplete(answer::complete, answer::fail));
    }

    /** Runs one statement and reads the first row of its answer; null if there is no row. */
    public <T> Uni<T> first(String sql, Tuple parameters, Function<Row, T> read) {
        return execute(sql, parameters).map(rows -> {
            var row = rows.iterator();
            return row.hasNext() ? read.apply(row.next()) : null;
        });
    }

    private Future<RowSet<Row>> send(String sql, Tuple parameters) {
        SqlClient borrowed = first.borrow();
        return borrowed == null
                ? connections.pipelined().preparedQuery(sql).execute(parameters)
                : borrowed.preparedQuery(sql).execute(parameters).onComplete(done -> first.giveBack());
    }
}
