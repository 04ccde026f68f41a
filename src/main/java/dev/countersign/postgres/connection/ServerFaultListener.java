package dev.countersign.postgres.connection;

import dev.countersign.sqlstate.DatabaseStateLog;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.AsyncResult;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.command.CommandResponse;
import java.util.Set;

/**
 * Reads the answers of the server on one connection, and closes the connection if the server goes away. A read-only
 * connection still serves reads, and stays open until {@link OpenConnections} finds a server that takes writes.
 */
final class ServerFaultListener extends ChannelInboundHandlerAdapter {

    static final String NAME = "fault-watch";

    /** SQLSTATE of a server that takes no writes. */
    static final String READ_ONLY = "25006";

    /** SQLSTATEs of a server that shuts down, was killed, or still starts. */
    private static final Set<String> LOST_STATES = Set.of("57P01", "57P02", "57P03");

    /** The class of SQLSTATEs for connections that fail. */
    private static final String LOST_CLASS = "08";

    private final SqlConnection connection;
    private final OpenConnections connections;
    private final DatabaseStateLog state;

    ServerFaultListener(SqlConnection connection, OpenConnections connections, DatabaseStateLog state) {
        this.connection = connection;
        this.connections = connections;
        this.state = state;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        super.channelRead(context, message);
        if (message instanceof CommandResponse<?> response) {
            AsyncResult<?> result = response.toAsyncResult();
            if (result.succeeded()) {
                state.answered();
            } else {
                handleError(sqlState(result.cause()));
            }
        }
    }

    private void handleError(String code) {
        boolean lost = LOST_STATES.contains(code) || code.startsWith(LOST_CLASS);
        if (lost) {
            connection.close();
        }
        if (lost || code.equals(READ_ONLY)) {
            connections.check();
        }
    }

    /** Handles an error that the server sends unasked. The driver would only print it. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        if (cause instanceof PgException) {
            state.failed(cause);
            ResponseDeadline.abort(context.channel());
            connections.check();
        } else {
            super.exceptionCaught(context, cause);
        }
    }

    /** The SQLSTATE of a failure; empty if PostgreSQL did not answer. */
    private static String sqlState(Throwable failure) {
        String code = failure instanceof PgException pg ? pg.getSqlState() : null;
        return code == null ? "" : code;
    }
}
