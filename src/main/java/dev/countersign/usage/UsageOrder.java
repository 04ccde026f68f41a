package dev.countersign.usage;

import dev.countersign.postgres.table.Parameters;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query parameter {@code sort} of a usage list, and holds the order that it chooses. The last use is in no index, since
 * it changes with each count: an index has its minute, and the keys of a minute are sorted.
 *
 * @param isByRejected whether the list is sorted by the rejected events, and not by the last use
 * @param descending whether the greatest value comes first
 */
record UsageOrder(boolean isByRejected, boolean descending) {

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
            case "lastSeen" -> new UsageOrder(false, descending);
            case "rejected" -> new UsageOrder(true, descending);
            default -> throw new ApiException.BadRequest("Invalid sort parameter.");
        };
    }

    /** SQL with the columns of {@code key_last_seen} in the list's order. */
    String columns(String direction) {
        String format = isByRejected ? "rejected %1$s, key_id %1$s" : "seen_minute %1$s, last_seen %1$s, key_id %1$s";
        return format.formatted(direction);
    }

    /** SQL for the condition that a row is not before an edge, in a direction that an operator of SQL tells. */
    String from(UsageEdge edge, String compared, Parameters parameters) {
        if (isByRejected) {
            return "(rejected, key_id)" + compared + "(" + parameters.add(edge.number()) + ", "
                    + parameters.add(edge.numericId()) + ")";
        }
        String time = "to_timestamp(cast(" + parameters.add(edge.number()) + " as bigint) / 1000.0)";
        return "seen_minute" + compared + "date_trunc('minute', " + time
                + " at time zone 'UTC') and (last_seen, key_id)" + compared + "(" + time + ", "
                + parameters.add(edge.numericId()) + ")";
    }
}
