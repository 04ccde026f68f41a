package dev.countersign.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Tells in JSON what the router refuses by itself: a request without a host, or a path that cannot be decoded.
 * Refuses a body in a coding that the server does not know: where it ends is anybody's guess.
 */
@ApplicationScoped
public class RefusalFilter {

    private static final int BAD_REQUEST = 400;
    private static final int BEFORE_API_FILTER = 1100;

    void register(@Observes Filters filters) {
        filters.register(RefusalFilter::requireKnownCoding, BEFORE_API_FILTER);
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(RefusalFilter::explain);
    }

    private static void requireKnownCoding(RoutingContext context) {
        List<String> codings = context.request().headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (codings.isEmpty() || (codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"))) {
            context.next();
        } else {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            refuse(context.response());
        }
    }

    private static void explain(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (context.statusCode() == BAD_REQUEST && !response.headWritten()) {
            refuse(response);
        } else {
            context.next();
        }
    }

    private static void refuse(HttpServerResponse response) {
        ApiHeaders.put(response.headers(), null);
        ApiFilter.answer(response, BAD_REQUEST, "The request could not be understood.");
    }
}
