package dev.countersign.web.server;

import dev.countersign.web.connection.Pipelining;
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
import io.vertx.core.tracing.TracingPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Wraps Quarkus's metrics of the HTTP server: passes their calls on, and each new request to {@link InvalidRequests} and
 * {@link Pipelining} too. The metrics see each request before all other code.
 */
record ServerMetrics(VertxMetrics delegate) implements VertxMetrics, ExtendedQuarkusVertxHttpMetrics {

    /** Measures nothing. A slim build has no metrics of Quarkus. */
    static final VertxMetrics NONE = new VertxMetrics() {
        @Override
        public HttpServerMetrics<?, ?, ?> createHttpServerMetrics(HttpServerOptions options, SocketAddress address) {
            return new HttpServerMetrics<>() {};
        }
    };

    @Override
    public @Nullable HttpServerMetrics<?, ?, ?> createHttpServerMetrics(
            HttpServerOptions options, SocketAddress address) {
        // A server of this service that wants no traces counts its requests itself, and answers invalid ones itself.
        return options.getTracingPolicy() == TracingPolicy.IGNORE
                ? null
                : watch(delegate.createHttpServerMetrics(options, address));
    }

    private static <R, W, S> @Nullable HttpServerMetrics<R, W, S> watch(@Nullable HttpServerMetrics<R, W, S> delegate) {
        return delegate == null ? null : new WatchedServer<>(delegate);
    }

    @Override
    public ConnectionTracker getHttpConnectionTracker() {
        return delegate instanceof ExtendedQuarkusVertxHttpMetrics extended
                ? extended.getHttpConnectionTracker()
                : NOOP_CONNECTION_TRACKER;
    }

    @Override
    public EventBusMetrics<?> createEventBusMetrics() {
        return delegate.createEventBusMetrics();
    }

    @Override
    public ClientMetrics<?, ?, ?, ?> createClientMetrics(SocketAddress address, String type, String namespace) {
        return delegate.createClientMetrics(address, type, namespace);
    }

    @Override
    public HttpClientMetrics<?, ?, ?, ?> createHttpClientMetrics(HttpClientOptions options) {
        return delegate.createHttpClientMetrics(options);
    }

    @Override
    public TCPMetrics<?> createNetServerMetrics(NetServerOptions options, SocketAddress address) {
        return delegate.createNetServerMetrics(options, address);
    }

    @Override
    public TCPMetrics<?> createNetClientMetrics(NetClientOptions options) {
        return delegate.createNetClientMetrics(options);
    }

    @Override
    public DatagramSocketMetrics createDatagramSocketMetrics(DatagramSocketOptions options) {
        return delegate.createDatagramSocketMetrics(options);
    }

    @Override
    public PoolMetrics<?> createPoolMetrics(String type, String name, int size) {
        return delegate.createPoolMetrics(type, name, size);
    }

    @Override
    public void vertxCreated(Vertx vertx) {
        delegate.vertxCreated(vertx);
    }

    @Override
    public boolean isMetricsEnabled() {
        return delegate.isMetricsEnabled();
    }

    @Override
    public void close() {
        delegate.close();
    }

    private record WatchedServer<R, W, S>(HttpServerMetrics<R, W, S> delegate) implements HttpServerMetrics<R, W, S> {

        @Override
        public R requestBegin(S socket, HttpRequest request) {
            if (request instanceof HttpServerRequest serverRequest) {
                Pipelining.install(serverRequest);
                InvalidRequests.handleIfInvalid(serverRequest);
            }
            return delegate.requestBegin(socket, request);
        }

        @Override
        public void requestEnd(R request, HttpRequest observed, long bytes) {
            delegate.requestEnd(request, observed, bytes);
        }

        @Override
        public void requestReset(R request) {
            delegate.requestReset(request);
        }

        @Override
        public void responseBegin(R request, HttpResponse response) {
            delegate.responseBegin(request, response);
        }

        @Override
        public R responsePushed(S socket, HttpMethod method, String uri, HttpResponse response) {
            return delegate.responsePushed(socket, method, uri, response);
        }

        @Override
        public void responseEnd(R request, HttpResponse response, long bytes) {
            delegate.responseEnd(request, response, bytes);
        }

        @Override
        public W connected(S socket, R request, ServerWebSocket webSocket) {
            return delegate.connected(socket, request, webSocket);
        }

        @Override
        public void disconnected(W webSocket) {
            delegate.disconnected(webSocket);
        }

        @Override
        public void requestRouted(R request, String route) {
            delegate.requestRouted(request, route);
        }

        @Override
        public S connected(SocketAddress address, String name) {
            return delegate.connected(address, name);
        }

        @Override
        public void disconnected(S socket, SocketAddress address) {
            delegate.disconnected(socket, address);
        }

        @Override
        public void bytesRead(S socket, SocketAddress address, long bytes) {
            delegate.bytesRead(socket, address, bytes);
        }

        @Override
        public void bytesWritten(S socket, SocketAddress address, long bytes) {
            delegate.bytesWritten(socket, address, bytes);
        }

        @Override
        public void exceptionOccurred(S socket, SocketAddress address, Throwable failure) {
            delegate.exceptionOccurred(socket, address, failure);
        }

        @Override
        public void close() {
            delegate.close();
        }
    }
}
