package dev.countersign.postgres.pool;

import dev.countersign.postgres.merge.MergeableStatement;
import dev.countersign.sqlstate.DatabaseFault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * Does the work of one or more statements.
 *
 * @param parts at most {@value MergeableStatement#MAX_MERGED}
 */
record MergedStatement(MergeableStatement statement, List<Part> parts) {

    /**
     * The statement of one request.
     *
     * @param answer gets the rows that answer the values
     */
    record Part(Tuple values, Promise<List<Row>> answer) {}

    /** Sends the statement, and answers all parts before the future that this returns. */
    Future<?> send(StatementSender sender) {
        return start(sender).onSuccess(this::answer).onFailure(failure -> fail(sender, failure));
    }

    private Future<RowSet<Row>> start(StatementSender sender) {
        try {
            List<Tuple> values = new ArrayList<>(parts.size());
            for (Part part : parts) {
                values.add(part.values);
            }
            return sender.send(statement.sql(parts.size()), statement.merge(values));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void answer(RowSet<Row> rows) {
        for (Part part : parts) {
            List<Row> own = new ArrayList<>(1);
            for (Row row : rows) {
                if (statement.isAnswer(row, part.values)) {
                    own.add(row);
                }
            }
            part.answer.complete(own);
        }
    }

    /** Sends each part by itself where PostgreSQL refused the values of one of them. The merged statement had no effect then. */
    private void fail(StatementSender sender, Throwable failure) {
        boolean again = parts.size() > 1 && DatabaseFault.isOfValues(failure);
        for (Part part : parts) {
            if (again) {
                new MergedStatement(statement, List.of(part)).send(sender);
            } else {
                part.answer.fail(failure);
            }
        }
    }
}
