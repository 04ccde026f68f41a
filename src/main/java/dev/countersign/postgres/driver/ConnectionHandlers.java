package dev.countersign.postgres.driver;

import dev.countersign.sqlstate.DatabaseStateLog;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import java.time.Duration;

/**
 * Static helper: adds to the Netty pipeline of a new database connection the deadline for responses, the listener for server
 * faults, and what sends the statements of one turn of the event loop with one write.
 */
public final class ConnectionHandlers {

    /** The name of the handler of Vert.x in the pipeline. */
    private static final String DRIVER = "handler";

    /** The most flushes that one write to the socket may stand for. */
    private static final int MAX_FLUSHES = 16;

    private ConnectionHandlers() {}

    /**
     * Limits the time of answers on a connection, and reports its faults until it closes.
     *
     * @param responseTimeout how long a command may stay unanswered before the connection closes
     * @param state logs the faults that the server reports
     * @param onFault runs when the server goes away or refuses a write
     * @param onClose runs when the connection has closed
     */
    public static void add(
            SqlConnection connection,
            Duration responseTimeout,
            DatabaseStateLog state,
            Runnable onFault,
            Runnable onClose) {
        ChannelPipeline pipeline = pipeline(connection);
        pipeline.addBefore(DRIVER, ServerFaultListener.NAME, new ServerFaultListener(connection, state, onFault));
        pipeline.addBefore(DRIVER, ResponseDeadline.NAME, new ResponseDeadline(responseTimeout));
        pipeline.addFirst(new FlushConsolidationHandler(MAX_FLUSHES, true));
        pipeline.channel().closeFuture().addListener(closed -> onClose.run());
    }

    /** Changes how long a command may stay unanswered before the connection closes, from the next command on. */
    public static void limitAnswers(SqlConnection connection, Duration responseTimeout) {
        ResponseDeadline deadline = pipeline(connection).get(ResponseDeadline.class);
        if (deadline != null) {
            deadline.limit(responseTimeout);
        }
    }

    private static ChannelPipeline pipeline(SqlConnection connection) {
        Connection inner = ((SqlConnectionInternal) connection).unwrap();
        while (!(inner instanceof SocketConnectionBase socket)) {
            inner = inner.unwrap();
        }
        return socket.socket().channelHandlerContext().pipeline();
    }
}
