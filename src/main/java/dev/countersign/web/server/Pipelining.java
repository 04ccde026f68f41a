package dev.countersign.web.server;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
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
 * Hands on the requests of one connection of HTTP/1 one after another: the next once the one before it is answered and the
 * client has taken in enough of the answers. Vert.x itself reads on, keeps whatever requests come, and writes their
 * answers to a client that never reads: one connection is then enough to use up the memory, or the event loop. A client
 * that awaits each answer notices nothing of this.
 */
final class Pipelining extends ChannelDuplexHandler {

    private static final String NAME = "pipelining";

    /** By Vert.x. */
    private static final String DECODER = "httpDecoder";

    /** How many parts of requests may wait before the first is seen; later ones stay bytes. No known client sends so many. */
    private static final int MAX_WAITING = 1024;

    private final Http1xServerConnection connection;
    private final RequestSlices slices;
    private final Queue<Object> waiting = new ArrayDeque<>();

    /** Whether a request is without its answer: the first is seen before this stands in its connection. */
    private boolean answering = true;

    private boolean tooMany;

    private Pipelining(Http1xServerConnection connection) {
        this.connection = connection;
        this.slices = new RequestSlices(connection, waiting::isEmpty);
    }

    /** Begins with a connection at its first request; nothing happens where it has begun, and for HTTP/2. */
    static void begin(HttpServerRequest request) {
        if (request.connection() instanceof Http1xServerConnection connection) {
            ChannelHandlerContext last = connection.channelHandlerContext();
            ChannelPipeline pipeline = last.pipeline();
            if (pipeline.get(NAME) == null) {
                Pipelining pipelining = new Pipelining(connection);
                pipeline.addBefore(last.name(), NAME, pipelining);
                pipeline.addBefore(DECODER, null, pipelining.slices);
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (tooMany) {
            ReferenceCountUtil.release(message);
        } else if (waiting.isEmpty() && !mustWait(context, message)) {
            handOn(context, message);
        } else {
            waiting.add(message);
            connection.doPause();
            if (waiting.size() > MAX_WAITING) {
                tooMany = true;
                forget();
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
            goOnLater(context);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.fireChannelWritabilityChanged();
        goOnLater(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        forget();
    }

    private void forget() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    private boolean mustWait(ChannelHandlerContext context, Object message) {
        return message instanceof HttpRequest
                && (answering || !context.channel().isWritable());
    }

    private void handOn(ChannelHandlerContext context, Object message) {
        answering |= message instanceof HttpRequest;
        context.fireChannelRead(message);
    }

    /** Not at once: Vert.x is still busy with the answer before. */
    private void goOnLater(ChannelHandlerContext context) {
        if (!waiting.isEmpty()) {
            context.executor().execute(() -> goOn(context));
        }
    }

    /** One request at most, so that other connections have their turn. */
    private void goOn(ChannelHandlerContext context) {
        Object message = waiting.peek();
        if (message == null || mustWait(context, message)) {
            return;
        }
        do {
            waiting.remove();
            handOn(context, message);
            message = waiting.peek();
        } while (message != null && !(message instanceof HttpRequest));
        if (message == null) {
            slices.goOn();
        }
        context.fireChannelReadComplete(); // upon which Vert.x sends what it has written
        if (waiting.isEmpty()) {
            connection.doResume();
        }
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
