package dev.countersign.postgres.driver;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.CommandResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Netty handler: closes a database connection on which a command stays unanswered for too long. The server may hang, the
 * network may drop packets, or earlier commands may take too long. Without this limit the driver would wait for ever, and the
 * pool would lend the connection again.
 *
 * <p>The handler stands between the driver's codec and the driver, where commands and responses pass one by one. One
 * timer for each connection runs while commands are unanswered, and checks when the oldest of them was sent.
 */
final class ResponseDeadline extends ChannelDuplexHandler {

    static final String NAME = "response-deadline";

    private volatile long limitNanos;

    /** The times at which unanswered commands were sent, in nanoseconds. The server answers in the same order. */
    private final Queue<Long> sent = new ArrayDeque<>();

    private boolean timerRuns;

    ResponseDeadline(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    /** Changes the limit. A command that is unanswered now may keep the earlier one. */
    void limit(Duration limit) {
        limitNanos = limit.toNanos();
    }

    /** Whether a channel has a deadline. */
    static boolean isSet(Channel channel) {
        return channel.pipeline().get(NAME) != null;
    }

    /**
     * Closes a channel at once. The driver's own close sends a message and waits for the server to close the
     * connection.
     */
    static void abort(Channel channel) {
        channel.unsafe().close(channel.newPromise());
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof CommandBase<?>) {
            sent.add(System.nanoTime());
            startTimer(context, limitNanos);
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof CommandResponse<?>) {
            sent.poll();
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
        Long first = sent.peek();
        if (first == null) {
            return;
        }
        long left = limitNanos - (System.nanoTime() - first);
        if (left <= 0) {
            abort(context.channel());
        } else {
            startTimer(context, left);
        }
    }
}
