package dev.countersign.web.shortcut;

import dev.countersign.web.connection.Pipelining;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.Http1xServerConnection;
import org.jspecify.annotations.Nullable;

/**
 * Netty handler: answers the requests of one HTTP/1 connection by an {@link ImmediateAnswer}, and passes on to Vert.x those
 * that have none. A request is answered here only if it has no body, no earlier request of the connection awaits its answer,
 * and the client reads its answers. The requests answered here make no objects of Vert.x and pass by the HTTP encoder.
 */
public final class Shortcut extends ChannelDuplexHandler {

    /** Enough for an answer; the buffer grows for pipelined ones. */
    private static final int BUFFER_BYTES = 512;

    /** After so many bytes, answers are sent while more requests are read. */
    private static final int MAX_UNSENT = 16 * 1024;

    private final ImmediateAnswer answer;
    private final ChannelHandlerContext encoder;

    /** The last request that was read, until it is clear whether it has a body. */
    private @Nullable HttpRequest undecided;

    /** How many requests Vert.x has and has not answered. */
    private int unanswered;

    /** Whether Vert.x ends the connection: an answer announced that, or a request was of another version. */
    private boolean ends;

    /** The last answers. The buffer is used again once its bytes are sent. */
    private @Nullable ByteBuf answers;

    /** Whether the last answers are not yet written to the connection. */
    private boolean unwritten;

    private Shortcut(ImmediateAnswer answer, ChannelHandlerContext encoder) {
        this.answer = answer;
        this.encoder = encoder;
    }

    /**
     * Adds the handler to a new connection; does nothing for HTTP/2. The server must not compress WebSockets: Netty's handler for
     * that counts the answers, and would miss those of this class.
     */
    public static void install(HttpConnection connection, ImmediateAnswer answer) {
        if (connection instanceof Http1xServerConnection http1) {
            ChannelHandlerContext vertxHandler = http1.channelHandlerContext();
            ChannelPipeline pipeline = vertxHandler.pipeline();
            pipeline.addBefore(vertxHandler.name(), null, new Shortcut(answer, pipeline.context(Pipelining.ENCODER)));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        HttpRequest request = undecided;
        if (request == null) {
            read(context, message);
        } else {
            undecided = null;
            if (message == LastHttpContent.EMPTY_LAST_CONTENT && answer.write(request, answers(context))) {
                unwritten = true;
            } else {
                pass(context, request);
                context.fireChannelRead(message);
            }
        }
    }

    /** Sends all answers to what was read. A body that is not yet there is left to Vert.x. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        HttpRequest request = undecided;
        if (request != null) {
            undecided = null;
            pass(context, request);
        }
        if (writeAll()) {
            context.flush();
        }
        context.fireChannelReadComplete();
    }

    /** Reads nothing more from a client that does not read: the answers of Vert.x would fill the memory too. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        release();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response) {
            ends |= response.headers().contains(HttpHeaderNames.CONNECTION);
        }
        if (message instanceof LastHttpContent && !isInterim(message)) {
            unanswered--;
        }
        super.write(context, message, promise);
    }

    private void read(ChannelHandlerContext context, Object message) {
        if (!(message instanceof HttpRequest request)) {
            context.fireChannelRead(message);
        } else if (mayBeAnswered(context, request)) {
            undecided = request;
        } else {
            pass(context, request);
        }
    }

    private void pass(ChannelHandlerContext context, HttpRequest request) {
        writeAll(); // before the answer of Vert.x
        unanswered++;
        ends |= !request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        context.fireChannelRead(request);
    }

    private boolean mayBeAnswered(ChannelHandlerContext context, HttpRequest request) {
        return unanswered == 0
                && !ends
                && request.decoderResult().isSuccess()
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !request.method().equals(HttpMethod.HEAD)
                && !request.headers().contains(HttpHeaderNames.CONNECTION)
                && isRead(context);
    }

    /** Whether the client reads its answers; those that are not sent yet do not count. */
    private boolean isRead(ChannelHandlerContext context) {
        if (unwritten && answers(context).readableBytes() > MAX_UNSENT && writeAll()) {
            context.flush();
        }
        return context.channel().isWritable();
    }

    /** A buffer with the answers that are not yet written. */
    private ByteBuf answers(ChannelHandlerContext context) {
        ByteBuf buffer = answers;
        if (buffer != null && unwritten) {
            return buffer;
        }
        if (buffer != null && buffer.refCnt() == 1) {
            return buffer.clear();
        }
        release();
        buffer = context.alloc().directBuffer(BUFFER_BYTES);
        answers = buffer;
        return buffer;
    }

    /** Writes the answers that are not yet written, and tells whether there were any. */
    private boolean writeAll() {
        ByteBuf buffer = answers;
        if (buffer == null || !unwritten) {
            return false;
        }
        unwritten = false;
        var unused = encoder.write(buffer.retain(), encoder.voidPromise());
        return true;
    }

    private void release() {
        ByteBuf buffer = answers;
        answers = null;
        if (buffer != null) {
            buffer.release();
        }
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
