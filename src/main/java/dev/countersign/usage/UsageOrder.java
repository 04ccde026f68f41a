package dev.countersign.usage;

import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query parameter {@code sort} of a usage list, and holds the order that it chooses.
 *
 * @param column the column of {@code key_last_seen} by which the list is sorted
 * @param value SQL that makes a value of the column from the number in a cursor, with {@code %s} for the number
 * @param descending whether the greatest value comes first
 */
record UsageOrder(String column, String value, boolean descending) {

    /** The values of the query parameter {@code sort}. */
    static final String PATTERN = "^-?(lastSeen|rejected)$";

    /**
     * Reads the query parameter {@code sort}. Without it the keys that were seen last come first.
     *
     * @throws ApiException.BadRequest if the list has no such order
     */
    static UsageOrder read(QueryParameters query) {
        @Nullable String sort = query.last("sort");
        boolean descending = sort == null || sort.startsWith("-");
        String name = sort == null ? "lastSeen" : descending ? sort.substring(1) : sort;
        return switch (name) {
            case "lastSeen" -> new UsageOrder("last_seen", "to_timestamp(cast(%s as bigint) / 1000.0)", descending);
            case "rejected" -> new UsageOrder("rejected", "%s", descending);
            default -> throw new ApiException.BadRequest("Invalid sort parameter.");
        };
    }
}
