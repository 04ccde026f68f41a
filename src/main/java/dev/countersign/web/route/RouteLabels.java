package dev.countersign.web.route;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces unknown paths and methods in the labels of request metrics by {@code UNKNOWN}. Otherwise every invented method
 * would become a label and use memory until the service stops, and so would the path of a request that no filter sees,
 * because its parsing fails or its client disconnects.
 */
@Singleton
public class RouteLabels implements MeterFilter {

    private static final String REQUESTS = "http.server.requests";
    private static final String UNKNOWN = "UNKNOWN";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", UNKNOWN);

    /** The labels of requests without a route. Quarkus gives all except the first two. */
    private static final Set<String> WITHOUT_ROUTE =
            Set.of(Routes.PREFIX, Routes.OWN_PREFIX, "NOT_FOUND", "REDIRECTION", "root", UNKNOWN);

    private final Routes routes;

    RouteLabels(Routes routes) {
        this.routes = routes;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().equals(REQUESTS)) {
            return id;
        }
        @Nullable String uri = id.getTag("uri");
        @Nullable String method = id.getTag("method");
        boolean knownUri = uri == null || routes.hasTemplate(uri) || WITHOUT_ROUTE.contains(uri);
        boolean knownMethod = method == null || METHODS.contains(method);
        Meter.Id labelled = knownUri ? id : id.withTag(Tag.of("uri", UNKNOWN));
        return knownMethod ? labelled : labelled.withTag(Tag.of("method", UNKNOWN));
    }
}
