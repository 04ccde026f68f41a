package dev.countersign.web.filter;

import dev.countersign.sqlstate.DatabaseFault;
import dev.countersign.sqlstate.DatabaseStateLog;
import dev.countersign.web.answer.ApiHeaders;
import dev.countersign.web.answer.ErrorAnswer;
import dev.countersign.web.answer.Refusal;
import dev.countersign.web.error.InternalErrorResponse;
import dev.countersign.web.route.Routes;
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
 * Answers requests that fail before a resource is called, with an error in JSON, and refuses ambiguous requests. The
 * failures are refusals of the router, such as a request without a host, and faults of the database or of this service.
 * An ambiguous request has two hosts, or a body in an unknown transfer coding, whose end the server cannot find.
 */
@ApplicationScoped
public class RefusalFilter {

    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_ERROR = 500;

    private final DatabaseStateLog database;

    RefusalFilter(DatabaseStateLog database) {
        this.database = database;
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::answerFailure);
    }

    /**
     * Refuses an ambiguous request.
     *
     * @return whether the request passes this filter
     */
    static boolean passes(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() != HttpVersion.HTTP_2 && !(hasOneHost(request) && hasKnownCoding(request))) {
            Refusal.NOT_UNDERSTOOD.answerAndClose(context);
            return false;
        }
        return true;
    }

    private static boolean hasOneHost(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaders.HOST).size() <= 1;
    }

    private static boolean hasKnownCoding(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return codings.isEmpty() || (codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"));
    }

    private void answerFailure(RoutingContext context) {
        HttpServerResponse response = context.response();
        Throwable fault = fault(context);
        if (response.headWritten() || response.closed()) {
            context.next();
        } else if (context.statusCode() == BAD_REQUEST) {
            Refusal.NOT_UNDERSTOOD.answerAndClose(context);
        } else if (fault != null && DatabaseFault.isUnavailable(fault)) {
            database.failed(fault);
            Refusal.UNAVAILABLE.answer(context);
        } else if (fault != null) {
            var body = InternalErrorResponse.of(fault);
            ApiHeaders.put(response.headers(), null);
            ErrorAnswer.end(
                    response, INTERNAL_ERROR, JsonObject.of("detail", body.detail(), "errorId", body.errorId()));
        } else {
            context.next();
        }
    }

    /** The unexpected failure of a request to the API, or null if the path is another or the router answers the failure. */
    private static @Nullable Throwable fault(RoutingContext context) {
        boolean unexpected = context.statusCode() < 0 || context.statusCode() == INTERNAL_ERROR;
        String path = context.request().path();
        boolean ofApi = path != null && Routes.prefix(path) != null;
        Throwable failure = context.failure();
        return unexpected && ofApi && !(failure instanceof SecurityException) ? failure : null;
    }
}
