package dev.countersign.web.server;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Removes Mutiny's interceptors at start, which would copy the request's context for every callback. The copies are
 * useless: a request stays on one Vert.x context, which holds request scope, identity, trace and log fields (decision
 * 0010).
 */
@ApplicationScoped
class NoContextCopies {

    void removeInterceptors(@Observes StartupEvent started) {
        Infrastructure.clearInterceptors();
    }
}
