package dev.countersign.web.route;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the labels of counted requests by the routes and methods there are. Whatever a caller makes up would be a label
 * otherwise, and memory for as long as the service runs: the path of a request that no filter sees, since it cannot be
 * parsed or its client hangs up, and the method of any.
 */
@Singleton
public class RouteLabels implements MeterFilter {

    private static final String REQUESTS = "http.server.requests";
    private static final String UNKNOWN = "UNKNOWN";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", UNKNOWN);

    /** Of requests of the API that have no route; all but the first are names that Quarkus gives. */
    private static final Set<String> WITHOUT_ROUTE = Set.of(Routes.PREFIX, "NOT_FOUND", "REDIRECTION", "root", UNKNOWN);

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
