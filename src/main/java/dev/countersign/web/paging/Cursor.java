package dev.countersign.web.paging;

import dev.countersign.web.error.ApiException;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a position in a list, and reads and writes it in Sentry's text form {@code value:offset:is_prev}.
 *
 * @param value the sort value of the row at the edge of the page; {@code 0} means no edge
 * @param offset the number of rows to skip after the edge
 * @param backward whether the page ends at the edge; otherwise the page starts there
 */
public record Cursor(String value, int offset, boolean backward) {

    /** The start of a list. */
    public static final Cursor START = new Cursor("0", 0, false);

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9._-]{1,100}):([+-]?[0-9]{1,18}):([+-]?[0-9]{1,9})");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
    private static final int MAX_OFFSET = 10_000;
    private static final String INVALID = "Invalid cursor parameter.";

    /**
     * Reads a cursor. The empty text means the start of the list.
     *
     * @throws ApiException.BadRequest if the form is wrong or the offset is not within 0 to 10,000
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

    /** Whether the cursor has an edge. */
    public boolean hasValue() {
        return !value.equals("0");
    }

    /**
     * The sort value as an id, for a list that is sorted by id. Bounded to 0 and the greatest long.
     *
     * @throws ApiException.BadRequest if the value is not a number
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
