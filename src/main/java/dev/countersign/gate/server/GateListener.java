package dev.countersign.gate.server;

import dev.countersign.web.shortcut.Shortcut;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Opens an HTTP server on the gate's port on one event loop, and passes each request to {@link Gate}. The listeners of all
 * event loops share the connections.
 */
final class GateListener extends AbstractVerticle {

    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 64 * 1024;

    /** Longer than gateways keep an idle connection. Only reads count, because to watch writes costs a listener for each. */
    private static final int IDLE_SECONDS = 90;

    private static final int BAD_REQUEST = 400;
    private static final int LINE_TOO_LONG = 414;
    private static final int HEADERS_TOO_LONG = 431;

    private final Gate gate;
    private final HttpServerOptions options;

    /** The open connections of trusted peers; only the event loop of this listener uses the set. */
    private final Set<HttpConnection> trusted = Collections.newSetFromMap(new IdentityHashMap<>());

    private volatile int port;

    /** @param port a port, or a negative number for a free one that all listeners share */
    GateListener(Gate gate, String host, int port) {
        this.gate = gate;
        this.options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setReadIdleTimeout(IDLE_SECONDS)
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setTracingPolicy(TracingPolicy.IGNORE); // nor do the metrics of the API count these requests
    }

    @Override
    public void start(Promise<Void> started) {
        HttpServer server = vertx.createHttpServer(options)
                .connectionHandler(this::opened)
                .requestHandler(this::answer)
                .invalidRequestHandler(GateListener::refuseInvalid);
        server.listen()
                .onSuccess(listening -> port = listening.actualPort())
                .<Void>mapEmpty()
                .onComplete(started);
    }

    /** The port on which the listener listens. */
    int port() {
        return port;
    }

    private void opened(HttpConnection connection) {
        if (gate.trusts(connection.remoteAddress())) {
            trusted.add(connection);
            Shortcut.install(connection, gate::answerGood);
            connection.closeHandler(closed -> trusted.remove(connection));
        }
    }

    private void answer(HttpServerRequest request) {
        gate.answer(request, trusted.contains(request.connection()));
    }

    /** Answers a request that cannot be parsed, as Vert.x would, but in a way that no cache keeps. */
    private static void refuseInvalid(HttpServerRequest request) {
        HttpServerResponse response =
                request.response().setStatusCode(status(request.decoderResult().cause()));
        response.headers().add(HttpHeaders.CACHE_CONTROL, "no-store").add(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        var unused = response.end().onComplete(sent -> request.connection().close());
    }

    private static int status(Throwable fault) {
        if (fault instanceof TooLongHttpLineException) {
            return LINE_TOO_LONG;
        }
        return fault instanceof TooLongHttpHeaderException ? HEADERS_TOO_LONG : BAD_REQUEST;
    }
}
