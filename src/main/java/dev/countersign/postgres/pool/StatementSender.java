package dev.countersign.postgres.pool;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;

/** Sends a statement on a connection that statements share, or on the one that is lent at the start. */
@Singleton
class StatementSender {

    private final DatabaseConnections connections;
    private final FirstStatements first;

    StatementSender(DatabaseConnections connections, FirstStatements first) {
        this.connections = connections;
        this.first = first;
    }

    /** Sends one statement, with values for {@code $1} and so on. */
    Future<RowSet<Row>> send(String sql, Tuple values) {
        SqlClient borrowed = first.borrow();
        return borrowed == null
                ? connections.pipelined().preparedQuery(sql).execute(values)
                : borrowed.preparedQuery(sql).execute(values).onComplete(done -> first.giveBack());
    }
}
