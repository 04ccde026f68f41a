package dev.countersign.web.paging;

import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the query parameters of a request, and reads them by name: the last value, as in Django, or all values of a list
 * parameter.
 *
 * @param parameters the values of each name, decoded, in the order of the request
 */
public record QueryParameters(Map<String, List<String>> parameters) {

    /** The parameters of a request's URL. */
    public static QueryParameters of(UriInfo uri) {
        return new QueryParameters(uri.getQueryParameters());
    }

    /** The last value of a parameter, or null if the client did not send the parameter. */
    public @Nullable String last(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.get(values.size() - 1);
    }

    /** All values of a list parameter, possibly none. */
    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }
}
