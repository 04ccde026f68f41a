package dev.countersign.web.paging;

import dev.countersign.web.error.ApiException;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for.
 *
 * @param limit the greatest number of items, 1 to 100
 * @param cursor where it starts or ends
 */
public record PageRequest(int limit, Cursor cursor) {

    /** Many clients take the first page for everything, so it is as long as a page may be. */
    private static final int DEFAULT_LIMIT = 100;

    private static final int MAX_LIMIT = 100;

    /** The first page, as long as a page may be. */
    public static final PageRequest FIRST = new PageRequest(DEFAULT_LIMIT, Cursor.START);

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,4000}");

    /**
     * Reads the query parameters {@code per_page} and {@code cursor}.
     *
     * @throws ApiException.BadRequest with Sentry's texts
     */
    public static PageRequest of(UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        return of(query.last("per_page"), query.last("cursor"));
    }

    static PageRequest of(@Nullable String perPage, @Nullable String cursor) {
        return new PageRequest(limit(perPage), cursor == null ? Cursor.START : Cursor.parse(cursor));
    }

    /** The rows to read: one more than shown says whether a page follows; a backward page also meets its own edge. */
    public int fetch() {
        return limit + (cursor.backward() ? 2 : 1);
    }

    /** The rows to skip before the first one that is read. */
    public int skip() {
        return cursor.offset();
    }

    /**
     * The comparison and the order of a list that is sorted by one column, newest or greatest first.
     *
     * @param edge how the statement names the value of the cursor; asked where the cursor has one
     */
    public String descending(String column, Supplier<String> edge) {
        return clause(column, edge, cursor.backward() ? ">=" : "<=", cursor.backward() ? "asc" : "desc");
    }

    /**
     * The comparison and the order of a list that is sorted by one column, least first.
     *
     * @param edge how the statement names the value of the cursor; asked where the cursor has one
     */
    public String ascending(String column, Supplier<String> edge) {
        return clause(column, edge, cursor.backward() ? "<=" : ">=", cursor.backward() ? "desc" : "asc");
    }

    private String clause(String column, Supplier<String> edge, String comparison, String order) {
        String from = cursor.hasValue() ? " and " + column + " " + comparison + " " + edge.get() : "";
        return from + " order by " + column + " " + order;
    }

    private static int limit(@Nullable String perPage) {
        if (perPage == null) {
            return DEFAULT_LIMIT;
        }
        if (!INTEGER.matcher(perPage.strip()).matches()) {
            throw new ApiException.BadRequest("Invalid per_page parameter.");
        }
        BigInteger limit = new BigInteger(perPage.strip());
        if (limit.compareTo(BigInteger.valueOf(MAX_LIMIT)) > 0) {
            throw new ApiException.BadRequest("Invalid per_page value. Cannot exceed " + MAX_LIMIT + ".");
        }
        if (limit.signum() < 1) {
            throw new ApiException.BadRequest("Invalid per_page value. Must be at least 1.");
        }
        return limit.intValue();
    }
}
