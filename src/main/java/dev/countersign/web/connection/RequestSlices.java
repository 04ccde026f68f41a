package dev.countersign.web.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.impl.Http1xServerConnection;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Netty handler: passes the bytes of a connection to the HTTP decoder in slices, and waits while decoded requests are
 * unanswered. A decoded request takes twenty times the memory of its bytes.
 */
final class RequestSlices extends ChannelInboundHandlerAdapter {

    private static final int SLICE_BYTES = 4096;

    private final Queue<ByteBuf> undecoded = new ArrayDeque<>();
    private final Http1xServerConnection connection;
    private final BooleanSupplier noRequestWaits;

    @SuppressWarnings("NullAway.Init") // Netty calls handlerAdded before the first read
    private ChannelHandlerContext decoderContext;

    /** Whether the decoder received bytes since the last end of a read. True at first: the current read passed bytes. */
    private boolean decoded = true;

    RequestSlices(Http1xServerConnection connection, BooleanSupplier noRequestWaits) {
        this.connection = connection;
        this.noRequestWaits = noRequestWaits;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        decoderContext = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            undecoded.add(bytes);
            decodeNext();
            if (!undecoded.isEmpty()) {
                connection.doPause();
            }
        } else {
            context.fireChannelRead(message);
        }
    }

    /** Tells the decoder of the end of a read only if the decoder received bytes. Otherwise the decoder would ask for more. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (decoded) {
            decoded = false;
            context.fireChannelReadComplete();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        undecoded.forEach(ByteBuf::release);
        undecoded.clear();
    }

    /** Passes slices to the decoder until a decoded request waits or no bytes are left. */
    void decodeNext() {
        while (noRequestWaits.getAsBoolean() && !undecoded.isEmpty()) {
            decoded = true;
            ByteBuf bytes = undecoded.element();
            if (bytes.readableBytes() <= SLICE_BYTES) {
                undecoded.remove();
                decoderContext.fireChannelRead(bytes);
            } else {
                decoderContext.fireChannelRead(bytes.readRetainedSlice(SLICE_BYTES));
            }
        }
    }
}
