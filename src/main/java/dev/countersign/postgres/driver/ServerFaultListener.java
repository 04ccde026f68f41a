package dev.countersign.postgres.driver;

import dev.countersign.sqlstate.DatabaseFault;
import dev.countersign.sqlstate.DatabaseStateLog;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.AsyncResult;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.command.CommandResponse;
import org.jspecify.annotations.Nullable;

/**
 * Netty handler: reads the database server's answers on one connection, reports faults, and closes the connection if the server
 * goes away. A connection that only refuses writes stays open, because it still serves reads.
 */
final class ServerFaultListener extends ChannelInboundHandlerAdapter {

    static final String NAME = "fault-watch";

    private final SqlConnection connection;
    private final DatabaseStateLog state;
    private final Runnable onFault;

    /**
     * Makes the listener of a connection.
     *
     * @param onFault runs when the server goes away or refuses a write
     */
    ServerFaultListener(SqlConnection connection, DatabaseStateLog state, Runnable onFault) {
        this.connection = connection;
        this.state = state;
        this.onFault = onFault;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        super.channelRead(context, message);
        if (message instanceof CommandResponse<?> response) {
            AsyncResult<?> result = response.toAsyncResult();
            if (result.succeeded()) {
                state.answered();
            } else {
                handleError(DatabaseFault.state(result.cause()));
            }
        }
    }

    /** Handles an SQL state; null if PostgreSQL did not answer. */
    private void handleError(@Nullable String sqlState) {
        boolean lost = sqlState != null && DatabaseFault.isServerLost(sqlState);
        if (lost) {
            connection.close();
        }
        if (lost || DatabaseFault.READ_ONLY.equals(sqlState)) {
            onFault.run();
        }
    }

    /** Handles an error that the server sends unasked. The driver would only print it. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        if (cause instanceof PgException) {
            state.failed(cause);
            ResponseDeadline.abort(context.channel());
            onFault.run();
        } else {
            super.exceptionCaught(context, cause);
        }
    }
}
