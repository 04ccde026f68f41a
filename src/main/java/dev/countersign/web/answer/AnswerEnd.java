package dev.countersign.web.answer;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;

/** Calls back when the answer to a request is over: sent, or given up because the client hung up. The end handler of a router
 * is not called for a response that is closed already. */
public final class AnswerEnd {

    /** How long the rest of a refused body is taken in, so that the client comes to read the answer. */
    private static final long LINGER_MILLIS = 1000;

    private AnswerEnd() {}

    /**
     * Runs an action exactly once: when the answer is written, or when it never can be. The end handlers of a response
     * whose client is gone already never run, so this asks for that too.
     */
    public static void whenOver(RoutingContext context, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        context.addEndHandler(ended -> runOnce(done, action));
        HttpServerResponse response = context.response();
        if (response.closed() || response.ended()) {
            runOnce(done, action);
        }
    }

    /** Announces that the connection will be closed, and closes it once the answer is written. Not for HTTP/2. */
    public static void thenClose(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() == HttpVersion.HTTP_2) {
            return;
        }
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        whenOver(context, () -> closeAfterBody(context, request));
    }

    /** A connection that is closed with bytes unread is reset, and the client may never see the answer. */
    private static void closeAfterBody(RoutingContext context, HttpServerRequest request) {
        HttpConnection connection = request.connection();
        if (request.isEnded()) {
            connection.close();
            return;
        }
        long timer = context.vertx().setTimer(LINGER_MILLIS, id -> connection.close());
        request.pause(); // to set a handler would let the body go before the next is set
        request.handler(null);
        request.endHandler(ended -> {
            context.vertx().cancelTimer(timer);
            connection.close();
        });
        request.resume();
    }

    private static void runOnce(AtomicBoolean done, Runnable action) {
        if (done.compareAndSet(false, true)) {
            action.run();
        }
    }
}
