package dev.countersign.usage;

import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.PageRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the row at which a page of a usage list begins or ends, as a cursor names it: a number by which the list is sorted, and
 * an id where numbers are equal.
 *
 * @param number the number by which the list is sorted
 * @param id the id of the row
 */
record UsageEdge(long number, String id) {

    private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,18})_([0-9a-f]{1,32})");

    /**
     * Reads the edge from the cursor of a request; null at the start of the list.
     *
     * @throws ApiException.BadRequest if the cursor is of another list
     */
    static @Nullable UsageEdge of(PageRequest request) {
        if (!request.cursor().hasValue()) {
            return null;
        }
        Matcher parts = FORM.matcher(request.cursor().value());
        if (!parts.matches()) {
            throw invalid();
        }
        return new UsageEdge(Long.parseLong(parts.group(1)), parts.group(2));
    }

    /**
     * The id as a number.
     *
     * @throws ApiException.BadRequest if the id is none
     */
    long numericId() {
        if (!id.matches("[0-9]{1,18}")) {
            throw invalid();
        }
        return Long.parseLong(id);
    }

    @Override
    public String toString() {
        return number + "_" + id;
    }

    private static ApiException invalid() {
        return new ApiException.BadRequest("Invalid cursor parameter.");
    }
}
