package dev.countersign.http;

import dev.countersign.error.InternalErrorResponse;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells in JSON what the router refuses by itself: a request without a host, or a path that cannot be decoded.
 * So too what fails before a resource is reached, which is a fault of this service.
 * Refuses a body in a coding that the server does not know: where it ends is anybody's guess.
 */
@ApplicationScoped
public class RefusalFilter {

    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_ERROR = 500;
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
        Throwable fault = fault(context);
        if (response.headWritten() || response.closed()) {
            context.next();
        } else if (context.statusCode() == BAD_REQUEST) {
            refuse(response);
        } else if (fault != null) {
            var body = InternalErrorResponse.of(fault);
            ApiHeaders.put(response.headers(), null);
            ApiFilter.answer(
                    response, INTERNAL_ERROR, JsonObject.of("detail", body.detail(), "errorId", body.errorId()));
        } else {
            context.next();
        }
    }

    /** Null where it is not the API that failed, or for a reason that the server has a better answer for. */
    private static @Nullable Throwable fault(RoutingContext context) {
        boolean unexpected = context.statusCode() < 0 || context.statusCode() == INTERNAL_ERROR;
        String path = context.request().path();
        boolean ofApi = path != null && ApiFilter.isApi(path);
        Throwable failure = context.failure();
        return unexpected && ofApi && !(failure instanceof SecurityException) ? failure : null;
    }

    private static void refuse(HttpServerResponse response) {
        ApiHeaders.put(response.headers(), null);
        ApiFilter.answer(response, BAD_REQUEST, "The request could not be understood.");
    }
}
