package dev.countersign.gate.source;

import dev.countersign.postgres.pool.DatabaseConnections;
import dev.countersign.sqlstate.DatabaseStateLog;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the gate's look-ups to the database, one statement at a time, on a connection outside the pools. Replaces the
 * connection when it closes, and when an answer does not come in time. All methods are called on one event loop.
 */
@Singleton
public class LookupConnection {

    private static final int MIN_PAUSE_MILLIS = 50;
    private static final int MAX_PAUSE_MILLIS = 500;
    private static final int PAUSE_AFTER_REFUSAL_MILLIS = 50;

    private final Vertx vertx;
    private final DatabaseConnections connections;
    private final DatabaseStateLog state;
    private Runnable onReady = () -> {};

    private @Nullable PgConnection current;
    private @Nullable Promise<RowSet<Row>> inFlight;
    private int pauseMillis = MIN_PAUSE_MILLIS;
    private boolean rests;
    private boolean closed;

    LookupConnection(Vertx vertx, DatabaseConnections connections, DatabaseStateLog state) {
        this.vertx = vertx;
        this.connections = connections;
        this.state = state;
    }

    /**
     * Opens the connection, and again each time it is lost. Returns at once.
     *
     * @param onReady runs when a statement can be sent: when the connection has opened, and after each answer
     */
    public void open(Runnable onReady) {
        this.onReady = onReady;
        open();
    }

    /** Closes the connection for good. */
    public void close() {
        closed = true;
        PgConnection connection = current;
        if (connection != null) {
            connection.close();
        }
    }

    /** Whether a statement can be sent now. */
    public boolean isReady() {
        return current != null && inFlight == null && !rests;
    }

    /**
     * Sends a statement; only while {@link #isReady}. Fails if the connection is lost or the answer comes too late.
     *
     * @param patienceMillis how long to wait for the answer
     */
    public Future<RowSet<Row>> send(String sql, Tuple parameters, int patienceMillis) {
        PgConnection connection = current;
        if (connection == null || !isReady()) {
            throw new IllegalStateException("not ready");
        }
        Promise<RowSet<Row>> answer = Promise.promise();
        inFlight = answer;
        long timer = vertx.setTimer(patienceMillis, late -> abandon(connection));
        connection.preparedQuery(sql).execute(parameters).onComplete(result -> {
            vertx.cancelTimer(timer);
            answered(answer, result);
        });
        return answer.future();
    }

    private void open() {
        if (!closed) {
            // An exception counts as a failure to connect.
            Future.succeededFuture().compose(any -> connections.open()).onComplete(this::opened);
        }
    }

    private void opened(AsyncResult<PgConnection> result) {
        if (result.failed()) {
            state.failed(result.cause());
            openLater();
            return;
        }
        PgConnection opened = result.result();
        if (closed) {
            opened.close();
            return;
        }
        current = opened;
        pauseMillis = MIN_PAUSE_MILLIS;
        opened.closeHandler(any -> lost(opened));
        onReady.run();
    }

    private void answered(Promise<RowSet<Row>> answer, AsyncResult<RowSet<Row>> result) {
        if (inFlight != answer) {
            return;
        }
        inFlight = null;
        if (result.succeeded()) {
            answer.complete(result.result());
            onReady.run();
        } else {
            state.failed(result.cause());
            rest();
            answer.fail(result.cause());
        }
    }

    /** Sends nothing for a moment: what the database refused now, it would refuse at once again. */
    private void rest() {
        rests = true;
        vertx.setTimer(PAUSE_AFTER_REFUSAL_MILLIS, timer -> {
            rests = false;
            onReady.run();
        });
    }

    /** Gives a connection up. The driver waits for the server to close it; the response timeout ends that wait. */
    private void abandon(PgConnection connection) {
        if (connection == current) {
            lost(connection);
            connection.close();
        }
    }

    private void lost(PgConnection connection) {
        if (connection != current) {
            return;
        }
        current = null;
        Promise<RowSet<Row>> unanswered = inFlight;
        inFlight = null;
        openLater();
        if (unanswered != null) {
            TimeoutException failure =
                    new TimeoutException("The gate's connection was lost, or its answer came too late");
            state.failed(failure);
            unanswered.fail(failure);
        }
    }

    private void openLater() {
        if (!closed) {
            vertx.setTimer(pauseMillis, timer -> open());
            pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
        }
    }
}
