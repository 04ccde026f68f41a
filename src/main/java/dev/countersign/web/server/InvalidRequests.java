package dev.countersign.web.server;

import dev.countersign.web.answer.Refusal;
import dev.countersign.web.connection.LastAnswer;
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
 * Answers in JSON the requests that Vert.x cannot parse, and those of unsupported versions, such as HTTP/2 in clear
 * text. Vert.x cannot parse a line or headers that are too long, two lengths, or a request that is not HTTP. Vert.x has
 * handlers for such requests, but Quarkus does not let an application set them. The metrics of a server see each
 * request first, so {@link ServerMetrics} calls this class, and this class sets the handler on the request's
 * connection: decision 0016.
 */
@Singleton
public class InvalidRequests implements VertxOptionsCustomizer {

    private static final Refusal LINE_TOO_LONG = Refusal.of(414, "The request line is too long.");
    private static final Refusal HEADERS_TOO_LONG = Refusal.of(431, "The request headers are too long.");

    @Override
    @SuppressWarnings("deprecation") // only Quarkus can use the builder that replaces the method
    public void accept(VertxOptions options) {
        MetricsOptions metrics = options.getMetricsOptions();
        VertxMetricsFactory quarkusFactory = metrics == null || !metrics.isEnabled() || metrics.getFactory() == null
                ? all -> ServerMetrics.NONE // a slim build
                : metrics.getFactory();
        options.setMetricsOptions(new MetricsOptions()
                .setEnabled(true)
                .setFactory(all -> new ServerMetrics(quarkusFactory.metrics(all))));
    }

    /** Sets the handler of an invalid request as the request begins. Vert.x then calls this handler. */
    static void handleIfInvalid(HttpServerRequest request) {
        if (request.connection() instanceof HttpServerConnection connection) {
            if (request.decoderResult().isFailure()) {
                connection.invalidRequestHandler(invalid -> answer(invalid, connection));
            } else if (request.version() == null) {
                connection.handler(invalid -> answer(invalid, connection));
            }
        }
    }

    private static void answer(HttpServerRequest request, HttpServerConnection connection) {
        LastAnswer.closeAfter(connection);
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
