package dev.countersign.web.filter;

import dev.countersign.sqlstate.DatabaseFault;
import dev.countersign.sqlstate.DatabaseStateLog;
import dev.countersign.web.answer.ApiHeaders;
import dev.countersign.web.answer.ErrorAnswer;
import dev.countersign.web.answer.Refusal;
import dev.countersign.web.error.InternalErrorResponse;
import dev.countersign.web.route.Routes;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that two readers could understand differently: another version of HTTP, two hosts, or a body in a
 * coding that the server does not know, whose end is anybody's guess. Tells in JSON what the router refuses by itself,
 * such as a request without a host, and what fails before a resource is reached, which is a fault of the database or of
 * this service.
 */
@ApplicationScoped
public class RefusalFilter {

    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_ERROR = 500;
    private static final Refusal UNAVAILABLE = Refusal.of(503, "Service temporarily unavailable");
    private static final int BEFORE_API_FILTER = 1100;

    private final DatabaseStateLog database;

    RefusalFilter(DatabaseStateLog database) {
        this.database = database;
    }

    void register(@Observes Filters filters) {
        filters.register(RefusalFilter::requireOneMeaning, BEFORE_API_FILTER);
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::explain);
    }

    private static void requireOneMeaning(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isOfKnownVersion(request)
                || (request.version() != HttpVersion.HTTP_2 && !(hasOneHost(request) && hasKnownCoding(request)))) {
            Refusal.NOT_UNDERSTOOD.answerAndClose(context);
        } else {
            context.next();
        }
    }

    /** Null for what begins like HTTP/1 and names another version, such as {@code GET / HTTP/9.9}. */
    private static boolean isOfKnownVersion(HttpServerRequest request) {
        @Nullable HttpVersion version = request.version();
        return version != null;
    }

    private static boolean hasOneHost(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaders.HOST).size() <= 1;
    }

    private static boolean hasKnownCoding(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return codings.isEmpty() || (codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"));
    }

    private void explain(RoutingContext context) {
        HttpServerResponse response = context.response();
        Throwable fault = fault(context);
        if (response.headWritten() || response.closed()) {
            context.next();
        } else if (context.statusCode() == BAD_REQUEST) {
            Refusal.NOT_UNDERSTOOD.answerAndClose(context);
        } else if (fault != null && DatabaseFault.isUnavailable(fault)) {
            database.failed(fault);
            UNAVAILABLE.answer(context);
        } else if (fault != null) {
            var body = InternalErrorResponse.of(fault);
            ApiHeaders.put(response.headers(), null);
            ErrorAnswer.end(
                    response, INTERNAL_ERROR, JsonObject.of("detail", body.detail(), "errorId", body.errorId()));
        } else {
            context.next();
        }
    }

    /** Null where it is not the API that failed, or for a reason that the server has a better answer for. */
    private static @Nullable Throwable fault(RoutingContext context) {
        boolean unexpected = context.statusCode() < 0 || context.statusCode() == INTERNAL_ERROR;
        String path = context.request().path();
        boolean ofApi = path != null && Routes.isBelow(Routes.PREFIX, path);
        Throwable failure = context.failure();
        return unexpected && ofApi && !(failure instanceof SecurityException) ? failure : null;
    }
}
