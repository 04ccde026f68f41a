package dev.countersign.web.filter;

import dev.countersign.web.route.Routes;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Spares each request of the API a second match with all routes. Quarkus REST names the route of a request before its
 * authentication, for the metrics of refused requests, although {@link ApiFilter} has named the route already.
 *
 * <p>Quarkus REST does so as it replaces the handler of failed authentications that Quarkus sets by default, and removes that
 * handler when it begins with the request, because its own mappers of exceptions answer. This filter runs between Quarkus and
 * Quarkus REST, and removes the handler at once. Nothing authenticates in between.
 */
@ApplicationScoped
public class KnownRouteFilter {

    void register(@Observes Filters filters) {
        // Of two filters with one number, that of the application runs after that of Quarkus.
        filters.register(KnownRouteFilter::filter, SecurityHandlerPriorities.AUTHENTICATION);
    }

    private static void filter(RoutingContext context) {
        if (Routes.prefix(context.normalizedPath()) != null) {
            context.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        }
        context.next();
    }
}
