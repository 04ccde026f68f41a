package dev.countersign.web.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection whose last request could not be understood. The answer is one of HTTP/1.1, whatever version the
 * request names. The connection closes in two steps: nothing is sent any more, and what the client still sends goes
 * nowhere, until the client has sent all, or for a second. A connection that is closed with bytes unread is reset, and
 * the client may never see the answer.
 */
final class LastAnswer extends ChannelOutboundHandlerAdapter {

    private static final long LINGER_MILLIS = 1000;

    private boolean closing;

    /** Has the next answer of a connection be its last. */
    static void follows(HttpServerConnection connection) {
        ChannelHandlerContext handler = connection.channelHandlerContext();
        if (handler.pipeline().get(LastAnswer.class) == null) {
            handler.pipeline().addBefore(handler.name(), LastAnswer.class.getName(), new LastAnswer());
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response) {
            response.setProtocolVersion(HttpVersion.HTTP_1_1);
        }
        super.write(context, message, promise);
    }

    /** Vert.x closes such a connection twice, once for the answer and once for the fault: the first begins, both end. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        Channel channel = context.channel();
        channel.closeFuture().addListener(closed -> promise.trySuccess());
        if (closing) {
            return;
        }
        closing = true;
        // The end of an encrypted connection is a message of its own, which the second step sends.
        boolean plain = channel.pipeline().get(SslHandler.class) == null;
        ChannelFuture sent = plain && channel instanceof DuplexChannel duplex
                ? duplex.shutdownOutput()
                : channel.newSucceededFuture();
        sent.addListener(done -> channel.config().setAutoRead(true));
        Runnable last = () -> context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        ScheduledFuture<?> end = channel.eventLoop().schedule(last, LINGER_MILLIS, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> end.cancel(false));
    }
}
