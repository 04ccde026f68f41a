package dev.countersign.web.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.impl.Http1xServerConnection;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Hands the bytes of one connection to the decoder in slices, and none while requests wait: a request takes twenty times the
 * memory of its bytes.
 */
final class RequestSlices extends ChannelInboundHandlerAdapter {

    private static final int SLICE_BYTES = 4096;

    private final Queue<ByteBuf> rest = new ArrayDeque<>();
    private final Http1xServerConnection connection;
    private final BooleanSupplier nothingWaits;

    @SuppressWarnings("NullAway.Init") // Netty sets it before the first read
    private ChannelHandlerContext decoding;

    /** Whether a read gave the decoder something, as the one did in which this begins. */
    private boolean decoded = true;

    RequestSlices(Http1xServerConnection connection, BooleanSupplier nothingWaits) {
        this.connection = connection;
        this.nothingWaits = nothingWaits;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        decoding = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            rest.add(bytes);
            goOn();
            if (!rest.isEmpty()) {
                connection.doPause();
            }
        } else {
            context.fireChannelRead(message);
        }
    }

    /** A decoder that is told of a read which gave it nothing asks for the next. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (decoded) {
            decoded = false;
            context.fireChannelReadComplete();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        rest.forEach(ByteBuf::release);
        rest.clear();
    }

    void goOn() {
        while (nothingWaits.getAsBoolean() && !rest.isEmpty()) {
            decoded = true;
            ByteBuf bytes = rest.element();
            if (bytes.readableBytes() <= SLICE_BYTES) {
                rest.remove();
                decoding.fireChannelRead(bytes);
            } else {
                decoding.fireChannelRead(bytes.readRetainedSlice(SLICE_BYTES));
            }
        }
    }
}
