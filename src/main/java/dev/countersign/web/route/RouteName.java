package dev.countersign.web.route;

import io.smallrye.common.vertx.ContextLocals;

/**
 * Tells metrics and traces the route of a request that no resource answers, as Quarkus REST does for those that one
 * does. Otherwise traces would name it by its path, and metrics by no name: {@link RouteLabels}.
 */
public final class RouteName {

    /** Where Quarkus looks for it. */
    private static final String KEY = "UrlPathTemplate";

    private RouteName() {}

    /** Names the route of the request that is being handled. */
    public static void put(String template) {
        ContextLocals.put(KEY, template);
    }
}
