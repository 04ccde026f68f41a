package dev.countersign.web.server;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Keeps Mutiny from wrapping every callback of a request in a copy of the request's context. A request stays on the
 * Vert.x context that it came on, and request scope, identity, trace and log fields live on that context: decision 0010.
 */
@ApplicationScoped
class NoContextCopies {

    void strip(@Observes StartupEvent started) {
        Infrastructure.clearInterceptors();
    }
}
