package dev.countersign.web.answer;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Gives every request an id, which stands in its answer's {@code X-Request-Id} and in the log lines that it causes. An
 * id that the caller sends is kept, so that it leads through all of the caller's systems.
 */
@ApplicationScoped
public class RequestIdFilter {

    static final String HEADER = "X-Request-Id";
    private static final String LOG_FIELD = "requestId";
    private static final int FIRST = 2000;

    /** What can neither break out of a header or a log line nor fill one. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:=/+-]{0,127}");

    void register(@Observes Filters filters) {
        filters.register(RequestIdFilter::filter, FIRST);
    }

    private static void filter(RoutingContext context) {
        identify(context.request());
        context.next();
    }

    /** Names a request in its answer and in the log lines that follow. */
    static void identify(HttpServerRequest request) {
        String id = accepted(request.getHeader(HEADER));
        request.response().putHeader(HEADER, id);
        MDC.put(LOG_FIELD, id);
    }

    private static String accepted(@Nullable String sent) {
        return sent != null && SAFE.matcher(sent).matches() ? sent : generate();
    }

    /** Sixteen bytes, as unlikely to repeat as it needs to be: it identifies, and protects nothing. */
    private static String generate() {
        var random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
