package dev.countersign.web.paging;

import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a request. Where a name occurs twice, the last value counts, as in Sentry's framework; list
 * parameters take all values.
 *
 * @param parameters the values of each name, decoded, in the order of the request
 */
public record QueryParameters(Map<String, List<String>> parameters) {

    /** Those of a request's URL. */
    public static QueryParameters of(UriInfo uri) {
        return new QueryParameters(uri.getQueryParameters());
    }

    /** The value of a parameter, or null where it was not sent. */
    public @Nullable String last(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.get(values.size() - 1);
    }

    /** All values of a parameter that is a list, possibly none. */
    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }
}
