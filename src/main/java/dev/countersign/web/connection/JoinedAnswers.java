package dev.countersign.web.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.function.BooleanSupplier;

/**
 * Netty handler: encodes an answer 200 or 201 with a body of at most 8 KiB as one buffer, which the socket takes by a plain write. For a
 * body of more than 128 bytes Netty's own encoder makes two, for the head and the body. All other answers go to that encoder.
 */
final class JoinedAnswers extends ChannelOutboundHandlerAdapter {

    private static final int MAX_BODY_BYTES = 8192;

    /** What the head of an answer takes at most as a rule; a buffer grows for a larger one. */
    private static final int HEAD_BYTES = 1024;

    private static final int CRLF = '\r' << Byte.SIZE | '\n';

    private final ChannelHandlerContext encoder;
    private final BooleanSupplier wantsHeadOnly;

    /**
     * Joins the answers of a connection.
     *
     * @param encoder stands next to this handler, nearer to the socket
     * @param wantsHeadOnly whether the answer that is written now is one to a HEAD request
     */
    JoinedAnswers(ChannelHandlerContext encoder, BooleanSupplier wantsHeadOnly) {
        this.encoder = encoder;
        this.wantsHeadOnly = wantsHeadOnly;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof FullHttpResponse answer
                && answer.headers() instanceof HeadersMultiMap headers
                && isShort(answer)
                && !wantsHeadOnly.getAsBoolean()) {
            var unused = encoder.write(join(context, answer, headers), promise);
        } else {
            super.write(context, message, promise);
        }
    }

    /** Whether the body is short and sent as it is. An answer in chunks names no length. */
    private static boolean isShort(FullHttpResponse answer) {
        HttpResponseStatus status = answer.status();
        return answer.content().readableBytes() <= MAX_BODY_BYTES
                && (status.equals(HttpResponseStatus.OK) || status.equals(HttpResponseStatus.CREATED))
                && answer.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
    }

    private static ByteBuf join(ChannelHandlerContext context, FullHttpResponse answer, HeadersMultiMap headers) {
        try {
            ByteBuf body = answer.content();
            ByteBuf bytes = context.alloc().buffer(HEAD_BYTES + body.readableBytes());
            writeStatus(answer, bytes);
            headers.encode(bytes);
            ByteBufUtil.writeShortBE(bytes, CRLF);
            return bytes.writeBytes(body, body.readerIndex(), body.readableBytes());
        } finally {
            answer.release();
        }
    }

    private static void writeStatus(FullHttpResponse answer, ByteBuf bytes) {
        HttpResponseStatus status = answer.status();
        ByteBufUtil.writeAscii(bytes, answer.protocolVersion().text());
        bytes.writeByte(' ');
        ByteBufUtil.writeAscii(bytes, status.codeAsText());
        bytes.writeByte(' ');
        ByteBufUtil.writeAscii(bytes, status.reasonPhrase());
        ByteBufUtil.writeShortBE(bytes, CRLF);
    }
}
