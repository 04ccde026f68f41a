package dev.countersign.database;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.CommandResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose server leaves a command unanswered: it hangs, or the network swallows what is sent. Nothing
 * else would notice, as the driver waits without a limit and the pool would hand the connection out again.
 *
 * <p>Stands between the driver's codec and the driver, where commands and their responses pass one by one. One timer a
 * connection runs while commands are under way, and looks back at when the last of them moved.
 */
final class ResponseDeadline extends ChannelDuplexHandler {

    private static final String NAME = "response-deadline";

    /** The name that Vert.x gives to its own end of the pipeline. */
    private static final String DRIVER = "handler";

    private final long limitNanos;
    private int unanswered;
    private long lastMove;
    private boolean timerRuns;

    private ResponseDeadline(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    /** Watches an open connection from now on. */
    static void watch(SqlConnection connection, Duration limit) {
        pipeline(((SqlConnectionInternal) connection).unwrap()).addBefore(DRIVER, NAME, new ResponseDeadline(limit));
    }

    /** Whether a channel is watched. */
    static boolean isSet(Channel channel) {
        return channel.pipeline().get(NAME) != null;
    }

    /** Closes a channel at once: the driver would say goodbye first, and then wait for the server to hang up. */
    static void abort(Channel channel) {
        channel.unsafe().close(channel.newPromise());
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof CommandBase<?>) {
            if (unanswered++ == 0) {
                lastMove = System.nanoTime();
            }
            startTimer(context, limitNanos);
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof CommandResponse<?>) {
            unanswered--;
            lastMove = System.nanoTime();
        }
        super.channelRead(context, message);
    }

    private void startTimer(ChannelHandlerContext context, long nanos) {
        if (!timerRuns) {
            timerRuns = true;
            var unused = context.executor().schedule(() -> check(context), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void check(ChannelHandlerContext context) {
        timerRuns = false;
        long left = limitNanos - (System.nanoTime() - lastMove);
        if (unanswered > 0 && left <= 0) {
            abort(context.channel());
        } else if (unanswered > 0) {
            startTimer(context, left);
        }
    }

    private static ChannelPipeline pipeline(Connection connection) {
        Connection inner = connection;
        while (!(inner instanceof SocketConnectionBase socket)) {
            inner = inner.unwrap();
        }
        return socket.socket().channelHandlerContext().pipeline();
    }
}
