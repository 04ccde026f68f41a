package dev.countersign.web.filter;

import dev.countersign.web.answer.AnswerEnd;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Closes each connection after its next answer while this instance is stopping, so that clients move to other instances.
 * After SIGTERM the instance is not ready and still serves for {@code quarkus.shutdown.delay}. A load balancer that routes
 * only new connections would leave the open ones here.
 */
@Singleton
public class DrainFilter {

    private volatile boolean draining;

    void drain(@Observes ShutdownDelayInitiatedEvent stopping) {
        draining = true;
    }

    void filter(RoutingContext context) {
        if (draining) {
            AnswerEnd.closeAfterAnswer(context);
        }
    }
}
