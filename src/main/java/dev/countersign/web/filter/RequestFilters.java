package dev.countersign.web.filter;

import dev.countersign.web.answer.RequestId;
import dev.countersign.web.json.JsonContentType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Runs the filters of each request in their order, in one route: each route costs a request more than most of these filters.
 * {@link TargetFilter} alone has a route of its own, because the routes of Quarkus that read the target come between.
 */
@ApplicationScoped
public class RequestFilters {

    /** Quarkus runs filters in descending order of this number, and its own have lower ones. */
    private static final int FIRST = 2000;

    private final DrainFilter drain;
    private final ApiFilter api;
    private final BodyFilter body;

    RequestFilters(DrainFilter drain, ApiFilter api, BodyFilter body) {
        this.drain = drain;
        this.api = api;
        this.body = body;
    }

    void register(@Observes Filters filters) {
        filters.register(this::filter, FIRST);
    }

    private void filter(RoutingContext context) {
        RequestId.identify(context.request());
        JsonContentType.withoutCharset(context);
        drain.filter(context);
        if (RefusalFilter.passes(context) && api.passes(context)) {
            body.filter(context);
        }
    }
}
