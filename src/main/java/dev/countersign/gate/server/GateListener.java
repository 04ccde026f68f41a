package dev.countersign.gate.server;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
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
        HttpServer server =
                vertx.createHttpServer(options).connectionHandler(this::opened).requestHandler(this::answer);
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
            connection.closeHandler(closed -> trusted.remove(connection));
        }
    }

    private void answer(HttpServerRequest request) {
        gate.answer(request, trusted.contains(request.connection()));
    }
}
