package dev.countersign.postgres.merge;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/**
 * Interface: a statement that many requests run, each with other values. PostgreSQL can do the work of several of them in one
 * merged statement, which costs less than a statement for each.
 */
public interface MergeableStatement {

    /** The most statements that one merged statement stands for. */
    int MAX_MERGED = 16;

    /**
     * SQL that does the work of a number of statements. PostgreSQL prepares each text once a connection.
     *
     * @param number 1 to {@value #MAX_MERGED}
     */
    String sql(int number);

    /** The values for {@link #sql}. */
    Tuple merge(List<Tuple> values);

    /** Whether a row of the answer belongs to the request with these values. */
    boolean isAnswer(Row row, Tuple values);

    /** What a merged statement may wait for: only statements with equal results are merged, so that no other has to wait. */
    Object locks(Tuple values);

    /**
     * Whether the statement locks nothing and reads few rows, so that another request may wait for the answer for a millisecond.
     */
    boolean isQuick();
}
