package dev.countersign.gate.server;

import dev.countersign.web.shortcut.HalfRequest;
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
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
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

    /**
     * The most connections of untrusted peers, on all event loops together, that have sent a part of their first request. Each may
     * hold {@value #MAX_HEADERS} bytes and more; a gateway sends its requests whole.
     */
    private static final int MAX_HALF = 256;

    /** Each event loop keeps so many, however many event loops there are. */
    private static final int MIN_HALF = 16;

    private static final int BAD_REQUEST = 400;
    private static final int LINE_TOO_LONG = 414;
    private static final int HEADERS_TOO_LONG = 431;

    private final Gate gate;
    private final HttpServerOptions options;

    /** What the gate knows of each open connection; only the event loop of this listener uses the map. */
    private final IdentityHashMap<HttpConnection, Peer> peers = new IdentityHashMap<>();

    /** The connections of untrusted peers that have sent a part of their first request, the oldest first. */
    private final Set<HttpConnection> halves = new LinkedHashSet<>();

    private final int maxHalf =
            Math.max(MIN_HALF, MAX_HALF / Runtime.getRuntime().availableProcessors());

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
        Peer peer = new Peer(gate.trusts(connection.remoteAddress()));
        peers.put(connection, peer);
        connection.closeHandler(closed -> {
            peers.remove(connection);
            halves.remove(connection);
        });
        if (peer.trusted) {
            Shortcut.install(connection, gate::answerGood);
        } else {
            HalfRequest.install(connection, () -> keep(connection));
        }
    }

    /** Keeps a connection with a part of a request. Where there are too many, closes the one that has waited longest. */
    private void keep(HttpConnection half) {
        if (halves.add(half) && halves.size() > maxHalf) {
            HttpConnection oldest = halves.iterator().next();
            halves.remove(oldest);
            oldest.close();
        }
    }

    /** A request that was sent before the last answer of its connection was read is not answered, nor counted. */
    private void answer(HttpServerRequest request) {
        halves.remove(request.connection());
        Peer peer = peers.get(request.connection());
        if (peer != null && !peer.ended) {
            gate.answer(request, peer);
        }
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

    /** Holds what the gate knows of one connection. Only the event loop of the connection uses the object. */
    static final class Peer {

        /** Whether the gate trusts all requests of the connection, because of the peer's address. */
        final boolean trusted;

        /** Whether the last answer of the connection was given. */
        private boolean ended;

        private Peer(boolean trusted) {
            this.trusted = trusted;
        }

        /** Makes an answer the last of the connection. Vert.x handles the next request as soon as an answer is written. */
        void announceEnd(HttpServerResponse last) {
            ended = true;
            last.headers().add(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }
}
