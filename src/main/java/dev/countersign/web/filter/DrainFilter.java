package dev.countersign.web.filter;

import dev.countersign.web.answer.AnswerEnd;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Sends clients with open connections elsewhere while this instance is about to stop: from SIGTERM on it is not ready
 * and still serves for {@code quarkus.shutdown.delay}, and every answer ends its connection, which no balancer that
 * only routes new connections would do.
 */
@ApplicationScoped
public class DrainFilter {

    private static final int FIRST = 2000;

    private volatile boolean draining;

    void register(@Observes Filters filters) {
        filters.register(this::filter, FIRST);
    }

    void drain(@Observes ShutdownDelayInitiatedEvent stopping) {
        draining = true;
    }

    private void filter(RoutingContext context) {
        if (draining) {
            AnswerEnd.thenClose(context);
        }
        context.next();
    }
}
