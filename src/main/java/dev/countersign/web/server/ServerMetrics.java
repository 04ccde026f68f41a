package dev.countersign.web.server;

import io.quarkus.vertx.http.runtime.ExtendedQuarkusVertxHttpMetrics;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.ClientMetrics;
import io.vertx.core.spi.metrics.DatagramSocketMetrics;
import io.vertx.core.spi.metrics.EventBusMetrics;
import io.vertx.core.spi.metrics.HttpClientMetrics;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.PoolMetrics;
import io.vertx.core.spi.metrics.TCPMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.observability.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The metrics that Quarkus has, unchanged; tells {@link InvalidRequests} and {@link Pipelining} of each request that begins. */
record ServerMetrics(VertxMetrics counting) implements VertxMetrics, ExtendedQuarkusVertxHttpMetrics {

    @Override
    public @Nullable HttpServerMetrics<?, ?, ?> createHttpServerMetrics(
            HttpServerOptions options, SocketAddress address) {
        return watch(counting.createHttpServerMetrics(options, address));
    }

    private static <R, W, S> @Nullable HttpServerMetrics<R, W, S> watch(@Nullable HttpServerMetrics<R, W, S> counting) {
        return counting == null ? null : new Watched<>(counting);
    }

    @Override
    public ConnectionTracker getHttpConnectionTracker() {
        return counting instanceof ExtendedQuarkusVertxHttpMetrics extended
                ? extended.getHttpConnectionTracker()
                : NOOP_CONNECTION_TRACKER;
    }

    @Override
    public EventBusMetrics<?> createEventBusMetrics() {
        return counting.createEventBusMetrics();
    }

    @Override
    public ClientMetrics<?, ?, ?, ?> createClientMetrics(SocketAddress address, String type, String namespace) {
        return counting.createClientMetrics(address, type, namespace);
    }

    @Override
    public HttpClientMetrics<?, ?, ?, ?> createHttpClientMetrics(HttpClientOptions options) {
        return counting.createHttpClientMetrics(options);
    }

    @Override
    public TCPMetrics<?> createNetServerMetrics(NetServerOptions options, SocketAddress address) {
        return counting.createNetServerMetrics(options, address);
    }

    @Override
    public TCPMetrics<?> createNetClientMetrics(NetClientOptions options) {
        return counting.createNetClientMetrics(options);
    }

    @Override
    public DatagramSocketMetrics createDatagramSocketMetrics(DatagramSocketOptions options) {
        return counting.createDatagramSocketMetrics(options);
    }

    @Override
    public PoolMetrics<?> createPoolMetrics(String type, String name, int size) {
        return counting.createPoolMetrics(type, name, size);
    }

    @Override
    public void vertxCreated(Vertx vertx) {
        counting.vertxCreated(vertx);
    }

    @Override
    public boolean isMetricsEnabled() {
        return counting.isMetricsEnabled();
    }

    @Override
    public void close() {
        counting.close();
    }

    private record Watched<R, W, S>(HttpServerMetrics<R, W, S> counting) implements HttpServerMetrics<R, W, S> {

        @Override
        public R requestBegin(S socket, HttpRequest request) {
            if (request instanceof HttpServerRequest begun) {
                Pipelining.begin(begun);
                InvalidRequests.begin(begun);
            }
            return counting.requestBegin(socket, request);
        }

        @Override
        public void requestEnd(R request, HttpRequest observed, long bytes) {
            counting.requestEnd(request, observed, bytes);
        }

        @Override
        public void requestReset(R request) {
            counting.requestReset(request);
        }

        @Override
        public void responseBegin(R request, HttpResponse response) {
            counting.responseBegin(request, response);
        }

        @Override
        public R responsePushed(S socket, HttpMethod method, String uri, HttpResponse response) {
            return counting.responsePushed(socket, method, uri, response);
        }

        @Override
        public void responseEnd(R request, HttpResponse response, long bytes) {
            counting.responseEnd(request, response, bytes);
        }

        @Override
        public W connected(S socket, R request, ServerWebSocket webSocket) {
            return counting.connected(socket, request, webSocket);
        }

        @Override
        public void disconnected(W webSocket) {
            counting.disconnected(webSocket);
        }

        @Override
        public void requestRouted(R request, String route) {
            counting.requestRouted(request, route);
        }

        @Override
        public S connected(SocketAddress address, String name) {
            return counting.connected(address, name);
        }

        @Override
        public void disconnected(S socket, SocketAddress address) {
            counting.disconnected(socket, address);
        }

        @Override
        public void bytesRead(S socket, SocketAddress address, long bytes) {
            counting.bytesRead(socket, address, bytes);
        }

        @Override
        public void bytesWritten(S socket, SocketAddress address, long bytes) {
            counting.bytesWritten(socket, address, bytes);
        }

        @Override
        public void exceptionOccurred(S socket, SocketAddress address, Throwable failure) {
            counting.exceptionOccurred(socket, address, failure);
        }

        @Override
        public void close() {
            counting.close();
        }
    }
}
