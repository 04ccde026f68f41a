package dev.countersign.web.shortcut;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.Http1xServerConnection;

/**
 * Netty handler: tells when an HTTP/1 connection has sent bytes, but not yet the whole head of its first request. A client that
 * sends a request at once is never told of. After the first head the handler is gone.
 */
public final class HalfRequest extends ChannelInboundHandlerAdapter {

    private final Runnable half;

    private HalfRequest(Runnable half) {
        this.half = half;
    }

    /**
     * Adds the handler to a new connection; does nothing for HTTP/2.
     *
     * @param half runs on the connection's event loop, each time bytes have come and the head is not yet there
     */
    public static void install(HttpConnection connection, Runnable half) {
        if (connection instanceof Http1xServerConnection http1) {
            ChannelHandlerContext vertxHandler = http1.channelHandlerContext();
            vertxHandler.pipeline().addBefore(vertxHandler.name(), null, new HalfRequest(half));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            context.pipeline().remove(this);
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        half.run();
        context.fireChannelReadComplete();
    }
}
