package dev.countersign.web.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.Http1xServerConnection;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Netty handler: passes the pipelined requests of an HTTP/1 connection to Vert.x one at a time. The next request passes when
 * the previous request is answered and the client has read enough of the answers. Without this limit Vert.x reads and keeps all
 * requests, and writes their answers even if the client never reads: one connection could exhaust the memory or the event loop.
 * Nothing changes for a client that awaits each answer.
 */
public final class Pipelining extends ChannelDuplexHandler {

    private static final String NAME = "pipelining";

    /** The name that Vert.x gives to its HTTP encoder. */
    public static final String ENCODER = "httpEncoder";

    /** The name that Vert.x gives to its HTTP decoder. */
    private static final String DECODER = "httpDecoder";

    /**
     * The greatest number of waiting parts of requests; with more the connection closes. Further requests stay bytes while one
     * waits, and no known client sends so many in one slice of bytes.
     */
    private static final int MAX_WAITING = 1024;

    private final Http1xServerConnection connection;
    private final RequestSlices slices;
    private final Queue<Object> waiting = new ArrayDeque<>();

    /** Whether a request awaits its answer. True at first, because the first request arrives before this handler. */
    private boolean answering = true;

    /** Whether the request that awaits its answer is a HEAD request. */
    private boolean answersHead;

    private boolean overflowed;

    private Pipelining(Http1xServerConnection connection, boolean answersHead) {
        this.connection = connection;
        this.answersHead = answersHead;
        this.slices = new RequestSlices(connection, waiting::isEmpty);
    }

    /** Adds the handlers to a connection at its first request; does nothing on later requests and for HTTP/2. */
    public static void install(HttpServerRequest request) {
        if (request.connection() instanceof Http1xServerConnection connection) {
            ChannelHandlerContext last = connection.channelHandlerContext();
            ChannelPipeline pipeline = last.pipeline();
            if (pipeline.get(NAME) == null) {
                boolean headOnly = request.method().toNetty().equals(HttpMethod.HEAD);
                Pipelining pipelining = new Pipelining(connection, headOnly);
                pipeline.addBefore(last.name(), NAME, pipelining);
                pipeline.addBefore(DECODER, null, pipelining.slices);
                pipeline.addAfter(
                        ENCODER, null, new JoinedAnswers(pipeline.context(ENCODER), () -> pipelining.answersHead));
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (overflowed) {
            ReferenceCountUtil.release(message);
        } else if (waiting.isEmpty() && !mustWait(context, message)) {
            pass(context, message);
        } else {
            waiting.add(message);
            connection.doPause();
            if (waiting.size() > MAX_WAITING) {
                overflowed = true;
                releaseWaiting();
                var unused = context.close();
            }
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        boolean last = message instanceof LastHttpContent && !isInterim(message);
        super.write(context, message, promise);
        if (last) {
            answering = false;
            schedulePassNext(context);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.fireChannelWritabilityChanged();
        schedulePassNext(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        releaseWaiting();
    }

    private void releaseWaiting() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    private boolean mustWait(ChannelHandlerContext context, Object message) {
        return message instanceof HttpRequest
                && (answering || !context.channel().isWritable());
    }

    private void pass(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            answering = true;
            answersHead = request.method().equals(HttpMethod.HEAD);
        }
        context.fireChannelRead(message);
    }

    /** Schedules the next waiting request. A direct call would enter Vert.x while Vert.x still handles the last answer. */
    private void schedulePassNext(ChannelHandlerContext context) {
        if (!waiting.isEmpty()) {
            context.executor().execute(() -> passNext(context));
        }
    }

    /** Passes on at most one request, so that other connections get their turn. */
    private void passNext(ChannelHandlerContext context) {
        Object message = waiting.peek();
        if (message == null || mustWait(context, message)) {
            return;
        }
        do {
            waiting.remove();
            pass(context, message);
            message = waiting.peek();
        } while (message != null && !(message instanceof HttpRequest));
        if (message == null) {
            slices.decodeNext();
        }
        context.fireChannelReadComplete(); // makes Vert.x send the bytes that it has written
        if (waiting.isEmpty()) {
            connection.doResume();
        }
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
