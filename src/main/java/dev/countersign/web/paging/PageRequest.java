package dev.countersign.web.paging;

import dev.countersign.web.error.ApiException;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and holds {@code per_page} and {@code cursor} of a request, and writes the SQL condition and order of that page.
 *
 * @param limit the greatest number of items, 1 to 100
 * @param cursor the position where the page starts or ends
 */
public record PageRequest(int limit, Cursor cursor) {

    /** Equal to the greatest limit, because many clients read only the first page. */
    private static final int DEFAULT_LIMIT = 100;

    private static final int MAX_LIMIT = 100;

    /** The first page, with the greatest limit. */
    public static final PageRequest FIRST = new PageRequest(DEFAULT_LIMIT, Cursor.START);

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,4000}");

    /**
     * Reads the query parameters {@code per_page} and {@code cursor}.
     *
     * @throws ApiException.BadRequest if a parameter is invalid, with Sentry's message
     */
    public static PageRequest of(UriInfo uri) {
        return of(QueryParameters.of(uri));
    }

    /** The same, from parameters that were read before. */
    public static PageRequest of(QueryParameters query) {
        return of(query.last("per_page"), query.last("cursor"));
    }

    static PageRequest of(@Nullable String perPage, @Nullable String cursor) {
        return new PageRequest(limit(perPage), cursor == null ? Cursor.START : Cursor.parse(cursor));
    }

    /** The number of rows to read. One more than the limit shows if a page follows; a backward page also reads its edge. */
    public int fetch() {
        return limit + (cursor.backward() ? 2 : 1);
    }

    /** The number of rows to skip. */
    public int skip() {
        return cursor.offset();
    }

    /**
     * The SQL condition and order of a list that is sorted by one column, newest or greatest first.
     *
     * @param edge supplies the SQL placeholder of the cursor's value; called only if the cursor has a value
     */
    public String descending(String column, Supplier<String> edge) {
        return clause(column, edge, cursor.backward() ? ">=" : "<=", cursor.backward() ? "asc" : "desc");
    }

    /**
     * The SQL condition and order of a list that is sorted by one column, least first.
     *
     * @param edge supplies the SQL placeholder of the cursor's value; called only if the cursor has a value
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
