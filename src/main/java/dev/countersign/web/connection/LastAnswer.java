package dev.countersign.web.connection;

import dev.countersign.web.answer.AnswerEnd;
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
 * Netty handler: closes a connection after the answer to a request that cannot be parsed, because the server cannot find the
 * end of such a request. {@link AnswerEnd} does the same after a request that Vert.x has parsed. The answer has the version
 * HTTP/1.1, whatever version the request names. The connection closes in two steps. First the server stops sending, and
 * discards all it receives until the client stops sending, for at most a second. Then the server closes the connection. A
 * connection that is closed with bytes unread is reset, and the client may never see the answer.
 */
public final class LastAnswer extends ChannelOutboundHandlerAdapter {

    private boolean closing;

    /** Makes the next answer of a connection its last. */
    public static void closeAfter(HttpServerConnection connection) {
        ChannelHandlerContext vertxHandler = connection.channelHandlerContext();
        if (vertxHandler.pipeline().get(LastAnswer.class) == null) {
            vertxHandler.pipeline().addBefore(vertxHandler.name(), LastAnswer.class.getName(), new LastAnswer());
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response) {
            response.setProtocolVersion(HttpVersion.HTTP_1_1);
        }
        super.write(context, message, promise);
    }

    /** Begins the two steps. Vert.x calls this after the answer and again after the fault; the second call only waits. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        Channel channel = context.channel();
        channel.closeFuture().addListener(closed -> promise.trySuccess());
        if (closing) {
            return;
        }
        closing = true;
        // TLS ends with a message, which the second step sends.
        boolean clearText = channel.pipeline().get(SslHandler.class) == null;
        ChannelFuture sent = clearText && channel instanceof DuplexChannel duplex
                ? duplex.shutdownOutput()
                : channel.newSucceededFuture();
        sent.addListener(done -> channel.config().setAutoRead(true));
        Runnable closeNow = () -> context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        ScheduledFuture<?> lingerTimer =
                channel.eventLoop().schedule(closeNow, AnswerEnd.LINGER_MILLIS, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> lingerTimer.cancel(false));
    }
}
