package dev.countersign.web.answer;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Static helper: runs an action, or closes the connection, when the answer to a request has ended: the server has sent the
 * answer, or the client has disconnected.
 */
public final class AnswerEnd {

    /** How long the server reads what a refused client still sends, so that the client can read the answer. */
    public static final long LINGER_MILLIS = 1000;

    private AnswerEnd() {}

    /**
     * Runs an action exactly once: after the answer is written, or if the answer can no longer be written. Vert.x never runs
     * the end handlers of a response whose client has already disconnected, so this method checks for such a response.
     */
    public static void runAfterAnswer(RoutingContext context, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        context.addEndHandler(ended -> runOnce(done, action));
        HttpServerResponse response = context.response();
        if (response.closed() || response.ended()) {
            runOnce(done, action);
        }
    }

    /**
     * Announces the end of the connection, and closes the connection after the answer to a request that could be parsed.
     * Does nothing for HTTP/2.
     */
    public static void closeAfterAnswer(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() == HttpVersion.HTTP_2) {
            return;
        }
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        runAfterAnswer(context, () -> closeAfterBody(context.vertx(), request));
    }

    /**
     * Closes the connection of a request that is answered. Reads the rest of the body first, for at most {@value
     * #LINGER_MILLIS} ms. Otherwise unread bytes reset the connection, and the client may lose the answer.
     */
    public static void closeAfterBody(Vertx vertx, HttpServerRequest request) {
        HttpConnection connection = request.connection();
        if (request.isEnded()) {
            connection.close();
            return;
        }
        long timer = vertx.setTimer(LINGER_MILLIS, id -> connection.close());
        request.pause(); // otherwise the body could end before the second handler is set
        request.handler(null);
        request.endHandler(ended -> {
            vertx.cancelTimer(timer);
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
