package dev.countersign.web.server;

import dev.countersign.web.answer.Refusal;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Answers in JSON what Vert.x cannot parse: a line or headers that are too long, two lengths, no HTTP at all; and versions
 * that are not served, of which HTTP/2 is one on a connection in clear text. Vert.x has handlers for these, which Quarkus
 * does not let an application set. So each connection is given them when such a request begins, of which the metrics of a
 * server are told first: decision 0016.
 */
@Singleton
public class InvalidRequests implements VertxOptionsCustomizer {

    private static final Refusal LINE_TOO_LONG = Refusal.of(414, "The request line is too long.");
    private static final Refusal HEADERS_TOO_LONG = Refusal.of(431, "The request headers are too long.");

    @Override
    @SuppressWarnings("deprecation") // its successor is a builder that Quarkus has to itself
    public void accept(VertxOptions options) {
        MetricsOptions metrics = options.getMetricsOptions();
        if (metrics == null || !metrics.isEnabled() || metrics.getFactory() == null) {
            return; // nobody is told: such requests are answered by Vert.x, with a status and no body
        }
        VertxMetricsFactory counting = metrics.getFactory();
        options.setMetricsOptions(
                new MetricsOptions().setEnabled(true).setFactory(all -> new ServerMetrics(counting.metrics(all))));
    }

    /** A request begins; its answer does not exist yet. Vert.x chooses the handler after this. */
    static void begin(HttpServerRequest request) {
        if (request.connection() instanceof HttpServerConnection connection) {
            if (request.decoderResult().isFailure()) {
                connection.invalidRequestHandler(answered -> answer(answered, connection));
            } else if (request.version() == null) {
                connection.handler(answered -> answer(answered, connection));
            }
        }
    }

    private static void answer(HttpServerRequest request, HttpServerConnection connection) {
        LastAnswer.follows(connection);
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        refusal(request.decoderResult().cause()).answer(request);
        connection.close();
    }

    private static Refusal refusal(@Nullable Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return LINE_TOO_LONG;
        }
        return cause instanceof TooLongHttpHeaderException ? HEADERS_TOO_LONG : Refusal.NOT_UNDERSTOOD;
    }
}
