package dev.countersign.web.route;

import io.smallrye.common.vertx.ContextLocals;
import io.vertx.core.http.HttpMethod;
import java.util.Set;

/**
 * Tells metrics and traces the route of a request that no resource answers, as Quarkus REST does for those that one
 * does. Otherwise they would name it by its path: a label, and memory, for everything that anybody makes up.
 */
public final class RouteName {

    /** Where Quarkus looks for it. */
    private static final String KEY = "UrlPathTemplate";

    /** Not below {@code /api/0}, and so not counted: {@code quarkus.micrometer.binder.http-server.ignore-patterns}. */
    private static final String UNCOUNTED = "/uncounted";

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    private RouteName() {}

    /** Names the route of the request that is being handled; a method is a label too, so it must be a real one. */
    public static void put(HttpMethod method, String template) {
        ContextLocals.put(KEY, METHODS.contains(method) ? template : UNCOUNTED);
    }
}
