package dev.countersign.postgres.connection;

import dev.countersign.sqlstate.DatabaseState;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.AsyncResult;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.command.CommandResponse;
import java.util.Set;

/** Reads along what the server of one connection answers: has it closed, and the others checked, where it is of no use. */
final class FaultWatch extends ChannelInboundHandlerAdapter {

    static final String NAME = "fault-watch";

    /** Takes no writes, shuts down, was killed, is not there yet. */
    private static final Set<String> LOST = Set.of("25006", "57P01", "57P02", "57P03");

    /** Connections that fail. */
    private static final String LOST_CLASS = "08";

    private final SqlConnection connection;
    private final OpenConnections connections;
    private final DatabaseState state;

    FaultWatch(SqlConnection connection, OpenConnections connections, DatabaseState state) {
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
            } else if (isLost(result.cause())) {
                connection.close();
                connections.check();
            }
        }
    }

    /** The driver fires what the server says of itself unasked; it would only be printed. */
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

    private static boolean isLost(Throwable failure) {
        String code = failure instanceof PgException pg ? pg.getSqlState() : null;
        return code != null && (LOST.contains(code) || code.startsWith(LOST_CLASS));
    }
}
