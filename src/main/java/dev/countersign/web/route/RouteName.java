package dev.countersign.web.route;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.common.vertx.ContextLocals;
import io.vertx.ext.web.RoutingContext;

/**
 * Static helper: names the route, in metrics and traces, of a request that a filter answers. Quarkus REST sets the route only
 * if a resource answers; without a route, a trace would show the path, and {@link RouteLabels} no name.
 */
public final class RouteName {

    /** The key under which Quarkus reads the route. */
    private static final String KEY = "UrlPathTemplate";

    private RouteName() {}

    /** Sets the route of the current request. */
    public static void put(String template) {
        ContextLocals.put(KEY, template);
    }

    /**
     * Spares a request of the API a second match with all routes. Quarkus REST names the route before the authentication, for the
     * metrics of refused requests, although a filter has named the route already.
     *
     * <p>Quarkus REST does so as it replaces the handler of failed authentications that Quarkus sets by default, and removes that
     * handler when it begins with the request, because its own mappers of exceptions answer. This method removes the handler at
     * once. The caller runs between Quarkus and Quarkus REST, where nothing authenticates.
     */
    public static void keep(RoutingContext context) {
        if (Routes.prefix(context.normalizedPath()) != null) {
            context.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        }
    }
}
