package dev.countersign.web.paging;

import dev.countersign.web.error.ApiException;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a list, as Sentry writes it: {@code value:offset:is_prev}.
 *
 * @param value the sort value at the edge; {@code 0} means no edge
 * @param offset how many rows past the edge to skip
 * @param backward whether the page ends at the edge rather than starts there
 */
public record Cursor(String value, int offset, boolean backward) {

    /** The start of a list. */
    public static final Cursor START = new Cursor("0", 0, false);

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9._-]{1,100}):([+-]?[0-9]{1,18}):([+-]?[0-9]{1,9})");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
    private static final int MAX_OFFSET = 10_000;
    private static final String INVALID = "Invalid cursor parameter.";

    /**
     * Reads a cursor; the empty text is the start.
     *
     * @throws ApiException.BadRequest where it has another form, or an offset out of 0 to 10,000
     */
    public static Cursor parse(String text) {
        if (text.isEmpty()) {
            return START;
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new ApiException.BadRequest(INVALID);
        }
        long offset = Long.parseLong(parts.group(2));
        if (offset < 0) {
            throw new ApiException.BadRequest("Pagination offset cannot be negative");
        }
        if (offset > MAX_OFFSET) {
            throw new ApiException.BadRequest("Pagination offset too large");
        }
        return new Cursor(parts.group(1), (int) offset, Integer.parseInt(parts.group(3)) != 0);
    }

    /** Whether there is an edge. */
    public boolean hasValue() {
        return !value.equals("0");
    }

    /**
     * The edge of a list that is sorted by id.
     *
     * @throws ApiException.BadRequest where it is not a number
     */
    public long id() {
        if (!NUMBER.matcher(value).matches()) {
            throw new ApiException.BadRequest(INVALID);
        }
        BigDecimal number = new BigDecimal(value);
        return number.max(BigDecimal.ZERO)
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    @Override
    public String toString() {
        return value + ":" + offset + ":" + (backward ? 1 : 0);
    }
}
