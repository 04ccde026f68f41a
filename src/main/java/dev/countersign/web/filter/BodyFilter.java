package dev.countersign.web.filter;

import dev.countersign.web.answer.AnswerEnd;
import dev.countersign.web.answer.Refusal;
import dev.countersign.web.body.RequestBodyReader;
import dev.countersign.web.server.AnswerOutput;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Limits the time in which a request body must arrive, and the memory of all incomplete bodies together. Always accepts
 * a body up to {@link #SMALL_BYTES}. Runs before authentication, because a client without a credential can use memory
 * too.
 */
@Singleton
public class BodyFilter {

    /** The greatest body that is not counted, in bytes: small beside the memory of its connection. */
    static final int SMALL_BYTES = 16 * 1024;

    private static final Set<HttpMethod> WITH_BODY =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    static final Refusal TOO_LARGE = Refusal.of(
            413, "Request body is too large. At most " + RequestBodyReader.MAX_BYTES + " bytes are accepted.");

    private final long limitMillis;
    private final BodyMemory memory;

    BodyFilter(TransportConfig config, BodyMemory memory) {
        this.limitMillis = config.bodyTimeout().toMillis();
        this.memory = memory;
    }

    /** Calls the next route, for a body of unknown length once the body is read, or answers the request. */
    void filter(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (request.isEnded() || (length == null ? !isOfUnknownLength(request) : length.equals("0"))) {
            context.next();
        } else if (length == null) {
            startTimer(context);
            new UnknownLength(context).read();
        } else {
            reserveKnownLength(context, Long.parseLong(length));
        }
    }

    private static boolean isOfUnknownLength(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                ? WITH_BODY.contains(request.method())
                : request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private void reserveKnownLength(RoutingContext context, long length) {
        if (length > SMALL_BYTES) {
            if (!memory.reserve(length)) {
                Refusal.UNAVAILABLE.answerAndClose(context);
                return;
            }
            AnswerEnd.runAfterAnswer(context, () -> memory.release(length));
        }
        startTimer(context);
        context.next();
    }

    private void startTimer(RoutingContext context) {
        HttpServerRequest request = context.request();
        long timer = context.vertx().setTimer(limitMillis, id -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
        AnswerEnd.runAfterAnswer(context, () -> context.vertx().cancelTimer(timer));
    }

    /** Reads a body of unknown length, and counts each of its bytes. */
    private final class UnknownLength {
        private final RoutingContext routing;
        private final Buffer body = Buffer.buffer();
        private long reserved;
        private boolean refused;

        UnknownLength(RoutingContext routing) {
            this.routing = routing;
        }

        void read() {
            Context context = routing.vertx().getOrCreateContext();
            HttpServerRequest request = routing.request();
            AnswerEnd.runAfterAnswer(routing, () -> memory.release(reserved));
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                request.response().writeContinue();
                request.headers().remove(HttpHeaders.EXPECT);
            }
            request.pause(); // otherwise the body could end before the second handler is set
            request.handler(this::append);
            request.endHandler(ended -> context.runOnContext(any -> end()));
            request.exceptionHandler(this::fail);
            request.resume();
        }

        private void append(Buffer chunk) {
            int length = body.length() + chunk.length();
            if (refused) {
                return; // discard the rest
            }
            if (length > RequestBodyReader.MAX_BYTES) {
                refuse(TOO_LARGE);
            } else if (length > SMALL_BYTES && !reserveUpTo(length)) {
                refuse(Refusal.UNAVAILABLE);
            } else {
                body.appendBuffer(chunk);
            }
        }

        private boolean reserveUpTo(int length) {
            if (!memory.reserve(length - reserved)) {
                return false;
            }
            reserved = length;
            return true;
        }

        private void refuse(Refusal refusal) {
            refused = true;
            refusal.answerAndClose(routing);
        }

        /** Answers a body whose chunks are malformed. Vert.x closes the connection as soon as this method returns. */
        private void fail(Throwable cause) {
            HttpServerResponse response = routing.response();
            if (!refused && !response.closed() && !(cause instanceof HttpClosedException)) {
                refuse(Refusal.NOT_UNDERSTOOD);
                AnswerOutput.sendNow(routing.request());
            }
        }

        @SuppressWarnings("deprecation") // the only way to give Quarkus REST a body that is already read
        private void end() {
            if (!refused && !routing.response().closed()) {
                routing.setBody(body);
                routing.next();
            }
        }
    }
}
