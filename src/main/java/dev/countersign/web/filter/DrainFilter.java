package dev.countersign.web.filter;

import dev.countersign.web.answer.AnswerEnd;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Closes each connection after its next answer while this instance is stopping, so that clients move to other instances.
 * After SIGTERM the instance is not ready and still serves for {@code quarkus.shutdown.delay}. A load balancer that routes
 * only new connections would leave the open ones here.
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
            AnswerEnd.closeAfterAnswer(context);
        }
        context.next();
    }
}
