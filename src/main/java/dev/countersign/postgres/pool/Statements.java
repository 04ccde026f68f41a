package dev.countersign.postgres.pool;

import dev.countersign.postgres.merge.MergeableStatement;
import dev.countersign.postgres.turn.LockQueues;
import dev.countersign.postgres.turn.WantedRow;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends single SQL statements outside any transaction, without a session of Hibernate, which would cost more than the
 * statement. Many statements share a connection, and each is sent without waiting for the answers to earlier ones.
 */
@Singleton
public class Statements {

    private final LockQueues locks;
    private final StatementSender sender;
    private final StatementMerger merger;

    Statements(LockQueues locks, StatementSender sender, StatementMerger merger) {
        this.locks = locks;
        this.sender = sender;
        this.merger = merger;
    }

    /** Runs one statement, with parameters for {@code $1} and so on. */
    public Uni<RowSet<Row>> execute(String sql, Tuple parameters) {
        return inTurn(sql, parameters, () -> sender.send(sql, parameters));
    }

    /** Runs one statement and reads the first row of its answer; null if there is no row. */
    public <T> Uni<T> first(String sql, Tuple parameters, Function<Row, T> read) {
        return execute(sql, parameters).map(rows -> {
            var row = rows.iterator();
            return row.hasNext() ? read.apply(row.next()) : null;
        });
    }

    /**
     * Runs one statement, which may share a statement on the wire with those of other requests.
     *
     * @return the rows that answer these values
     */
    public Uni<List<Row>> execute(MergeableStatement statement, Tuple values) {
        var attempt = new Supplier<Future<List<Row>>>() {
            private boolean repeated;

            /** An attempt after a lock is sent alone, so that others do not meet the same lock. */
            @Override
            public Future<List<Row>> get() {
                if (repeated) {
                    return merger.sendAlone(statement, values);
                }
                repeated = true;
                return merger.send(statement, values);
            }
        };
        return inTurn(statement.sql(1), values, attempt);
    }

    private <T> Uni<T> inTurn(String sql, Tuple values, Supplier<Future<T>> attempt) {
        // Without the CompletionStage by which Mutiny would otherwise wait for a Future of Vert.x.
        return Uni.createFrom().emitter(answer -> locks.send(() -> WantedRow.ofStatement(sql, values), attempt)
                .onComplete(answer::complete, answer::fail));
    }
}
