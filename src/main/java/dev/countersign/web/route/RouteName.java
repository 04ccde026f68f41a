package dev.countersign.web.route;

import io.smallrye.common.vertx.ContextLocals;

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
}
