package dev.countersign.web.filter;

import dev.countersign.web.answer.AnswerEnd;
import dev.countersign.web.answer.Refusal;
import dev.countersign.web.body.RequestBodyReader;
import dev.countersign.web.server.Connections;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * Bounds what bodies cost that are not complete yet: the time in which a body must arrive, and the memory of all of them
 * together. A body up to {@link #SMALL_BYTES} is always taken. Comes before the credential is known, as a client without
 * one can hold memory just as well.
 */
@ApplicationScoped
public class BodyFilter {

    /** What a connection may hold without being counted: little beside the connection itself. */
    static final int SMALL_BYTES = 16 * 1024;

    private static final int AFTER_API_FILTER = 900;
    private static final Set<HttpMethod> WITH_BODY =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    private static final Refusal NO_ROOM = Refusal.of(503, "Service temporarily unavailable");
    private static final Refusal TOO_LARGE = Refusal.of(
            413, "Request body is too large. At most " + RequestBodyReader.MAX_BYTES + " bytes are accepted.");

    private final long limitMillis;
    private final BodyMemory memory;

    BodyFilter(TransportConfig config, BodyMemory memory) {
        this.limitMillis = config.bodyTimeout().toMillis();
        this.memory = memory;
    }

    void register(@Observes Filters filters) {
        filters.register(this::filter, AFTER_API_FILTER);
    }

    private void filter(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (request.isEnded() || (length == null ? !isOfUnknownLength(request) : length.equals("0"))) {
            context.next();
        } else if (length == null) {
            limitTime(context);
            new UnknownLength(context).read();
        } else {
            takeAnnounced(context, Long.parseLong(length));
        }
    }

    private static boolean isOfUnknownLength(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                ? WITH_BODY.contains(request.method())
                : request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private void takeAnnounced(RoutingContext context, long length) {
        if (length > SMALL_BYTES) {
            if (!memory.take(length)) {
                NO_ROOM.answerAndClose(context);
                return;
            }
            AnswerEnd.whenOver(context, () -> memory.give(length));
        }
        limitTime(context);
        context.next();
    }

    private void limitTime(RoutingContext context) {
        HttpServerRequest request = context.request();
        long timer = context.vertx().setTimer(limitMillis, id -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
        AnswerEnd.whenOver(context, () -> context.vertx().cancelTimer(timer));
    }

    /** A body that does not say how long it will be: read here, so that each of its bytes is counted. */
    private final class UnknownLength {
        private final RoutingContext routing;
        private final Buffer body = Buffer.buffer();
        private long taken;
        private boolean refused;

        UnknownLength(RoutingContext routing) {
            this.routing = routing;
        }

        void read() {
            Context context = routing.vertx().getOrCreateContext();
            HttpServerRequest request = routing.request();
            AnswerEnd.whenOver(routing, () -> memory.give(taken));
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                request.response().writeContinue();
                request.headers().remove(HttpHeaders.EXPECT);
            }
            request.pause(); // to set one handler of the two would let the body go
            request.handler(this::append);
            request.endHandler(ended -> context.runOnContext(any -> end()));
            request.exceptionHandler(this::fail);
            request.resume();
        }

        private void append(Buffer chunk) {
            int length = body.length() + chunk.length();
            if (refused) {
                return; // the rest goes nowhere
            }
            if (length > RequestBodyReader.MAX_BYTES) {
                refuse(TOO_LARGE);
            } else if (length > SMALL_BYTES && !takeUpTo(length)) {
                refuse(NO_ROOM);
            } else {
                body.appendBuffer(chunk);
            }
        }

        private boolean takeUpTo(int length) {
            if (!memory.take(length - taken)) {
                return false;
            }
            taken = length;
            return true;
        }

        private void refuse(Refusal refusal) {
            refused = true;
            refusal.answerAndClose(routing);
        }

        /** A body whose pieces cannot be told apart: Vert.x closes the connection as soon as this returns. */
        private void fail(Throwable cause) {
            HttpServerResponse response = routing.response();
            if (!refused && !response.closed() && !(cause instanceof HttpClosedException)) {
                refuse(Refusal.NOT_UNDERSTOOD);
                Connections.sendNow(routing.request());
            }
        }

        @SuppressWarnings("deprecation") // the one way to hand Quarkus REST a body that has been read
        private void end() {
            if (!refused && !routing.response().closed()) {
                routing.setBody(body);
                routing.next();
            }
        }
    }
}
