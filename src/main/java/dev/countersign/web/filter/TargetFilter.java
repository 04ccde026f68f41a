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
 * Hands on a repaired {@link RequestTarget}, so that no filter and no resource ever sees another. Browsers and Node send
 * {@code |}, <code>{}</code> and {@code ^} unescaped in queries; Quarkus itself would refuse them before any route,
 * without a body: decision 0016.
 */
@ApplicationScoped
public class TargetFilter {

    private static final String REPAIRED = TargetFilter.class.getName();

    /** Before the routes of Quarkus, some of which have a path and so read the target. */
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
            Refusal.NOT_FOUND.answer(context);
        } else if (repaired.equals(target) && !isWithoutHost(context, request)) {
            context.next();
        } else {
            context.put(REPAIRED, true);
            context.reroute(repaired);
        }
    }

    /** A request of HTTP/1.0 without a host has no whole URI, which a reader would ask for; rerouted, it has a path. */
    private static boolean isWithoutHost(RoutingContext context, HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_0
                && request.authority() == null
                && context.get(REPAIRED) == null;
    }
}
