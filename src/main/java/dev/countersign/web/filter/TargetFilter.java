package dev.countersign.web.filter;

import dev.countersign.web.answer.Refusal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/**
 * Repairs the target of each request before any other filter or resource sees it, with {@link RequestTarget}. Browsers and
 * Node send {@code |}, <code>{}</code> and {@code ^} unescaped in queries. Quarkus would refuse these before any route,
 * without a body: decision 0016.
 */
@ApplicationScoped
public class TargetFilter {

    private static final String REPAIRED = TargetFilter.class.getName();

    /** Other paths hold ids and slugs, so that a segment {@code .} names nothing there. Behind this, a client meant a name. */
    private static final String BEFORE_NAME = "/named-keys/";

    private static final Refusal DOT_SEGMENT = Refusal.of(400, "A path cannot have a segment . or ..");

    /** Runs before the routes of Quarkus, because some of these match a path and so read the target. */
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(TargetFilter::filter);
    }

    private static void filter(RoutingContext context) {
        HttpServerRequest request = context.request();
        String target = request.uri();
        @Nullable String repaired;
        try {
            repaired = RequestTarget.repair(target);
        } catch (IllegalArgumentException e) {
            Refusal.NOT_UNDERSTOOD.answer(context);
            return;
        }
        if (repaired == null) {
            (target.contains(BEFORE_NAME) ? DOT_SEGMENT : Refusal.NOT_FOUND).answer(context);
        } else if (repaired.equals(target) && !isWithoutHost(context, request)) {
            context.next();
        } else {
            context.put(REPAIRED, true);
            context.reroute(repaired);
        }
    }

    /** Whether an HTTP/1.0 request has no host and so no absolute URI, which readers need. A rerouted request has a path. */
    private static boolean isWithoutHost(RoutingContext context, HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_0
                && request.authority() == null
                && context.get(REPAIRED) == null;
    }
}
