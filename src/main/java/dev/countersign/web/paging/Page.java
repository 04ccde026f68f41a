package dev.countersign.web.paging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Holds one page of a list, with the cursors of the previous and the next page.
 *
 * @param items the items, in the order of the list
 * @param hasPrevious whether the previous page probably has items; no query checks this
 * @param hasNext whether the next page has items
 */
public record Page<T>(List<T> items, Cursor previous, boolean hasPrevious, Cursor next, boolean hasNext) {

    /** The only page of an empty list. */
    public static <T> Page<T> empty() {
        return whole(List.of());
    }

    /** The only page of a list that is never cut. */
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, new Cursor("0", 0, true), false, Cursor.START, false);
    }

    /**
     * Makes a page from the rows that a query read for a request. The cursors equal Sentry's.
     *
     * @param rows the rows in the order of the query, which is reversed for a backward page
     * @param value reads the sort value of a row
     */
    public static <T> Page<T> of(PageRequest request, List<T> rows, Function<T, Object> value) {
        Function<T, String> sortValue = row -> String.valueOf(value.apply(row));
        return request.cursor().backward() ? backward(request, rows, sortValue) : forward(request, rows, sortValue);
    }

    /** The same page with each item converted. */
    public <R> Page<R> map(Function<T, R> present) {
        return with(items.stream().map(present).toList());
    }

    /** The same page with other items and the same cursors. */
    public <R> Page<R> with(List<R> newItems) {
        return new Page<>(newItems, previous, hasPrevious, next, hasNext);
    }

    private static <T> Page<T> forward(PageRequest request, List<T> rows, Function<T, String> value) {
        Cursor cursor = request.cursor();
        boolean hasMore = rows.size() > request.limit();
        List<T> items = hasMore ? rows.subList(0, request.limit()) : rows;
        boolean hasPrevious = cursor.hasValue() || cursor.offset() > 0;
        Cursor previous = new Cursor(items.isEmpty() ? cursor.value() : value.apply(items.get(0)), 0, true);
        if (hasMore) {
            return new Page<>(
                    items, previous, hasPrevious, new Cursor(value.apply(rows.get(request.limit())), 0, false), true);
        }
        return new Page<>(items, previous, hasPrevious, afterLastRow(request, items, value), false);
    }

    /** The cursor after the last row of the list, where later rows will appear. */
    private static <T> Cursor afterLastRow(PageRequest request, List<T> items, Function<T, String> value) {
        Cursor cursor = request.cursor();
        if (items.isEmpty()) {
            return new Cursor(cursor.value(), cursor.offset(), false);
        }
        String first = cursor.hasValue() ? cursor.value() : value.apply(items.get(0));
        String last = value.apply(items.get(items.size() - 1));
        return new Cursor(last, first.equals(last) ? cursor.offset() + request.limit() : 1, false);
    }

    private static <T> Page<T> backward(PageRequest request, List<T> rows, Function<T, String> value) {
        String edge = request.cursor().value();
        List<T> items = new ArrayList<>(rows);
        if (!items.isEmpty() && value.apply(items.get(0)).equals(edge)) {
            items.remove(0);
        }
        boolean hasMore = items.size() > request.limit();
        items = hasMore ? items.subList(0, request.limit()) : items;
        Collections.reverse(items);
        Cursor previous = new Cursor(items.isEmpty() ? "0" : value.apply(items.get(0)), 0, true);
        return new Page<>(List.copyOf(items), previous, hasMore, new Cursor(edge, 0, false), true);
    }
}
