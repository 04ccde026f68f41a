package dev.countersign.web.paging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list, with the cursors of its neighbours.
 *
 * @param items in the order of the list
 * @param hasPrevious whether the previous page has items, as far as can be told without looking
 * @param hasNext whether the next page has items
 */
public record Page<T>(List<T> items, Cursor previous, boolean hasPrevious, Cursor next, boolean hasNext) {

    /** A page with nothing on it, of a list that has nothing. */
    public static <T> Page<T> empty() {
        return new Page<>(List.of(), new Cursor("0", 0, true), false, Cursor.START, false);
    }

    /**
     * Cuts the rows that were read for a request into its page; the cursors are those that Sentry would give.
     *
     * @param rows in the order in which they were read: reversed for a backward page
     * @param value the sort value of a row
     */
    public static <T> Page<T> of(PageRequest request, List<T> rows, Function<T, Object> value) {
        Function<T, String> text = row -> String.valueOf(value.apply(row));
        return request.cursor().backward() ? backward(request, rows, text) : forward(request, rows, text);
    }

    /** The same page of other items. */
    public <R> Page<R> map(Function<T, R> present) {
        return with(items.stream().map(present).toList());
    }

    /** The same page with these items in place of its own. */
    public <R> Page<R> with(List<R> others) {
        return new Page<>(others, previous, hasPrevious, next, hasNext);
    }

    private static <T> Page<T> forward(PageRequest request, List<T> rows, Function<T, String> value) {
        Cursor cursor = request.cursor();
        boolean more = rows.size() > request.limit();
        List<T> items = more ? rows.subList(0, request.limit()) : rows;
        boolean hasPrevious = cursor.hasValue() || cursor.offset() > 0;
        Cursor previous = new Cursor(items.isEmpty() ? cursor.value() : value.apply(items.get(0)), 0, true);
        if (more) {
            return new Page<>(
                    items, previous, hasPrevious, new Cursor(value.apply(rows.get(request.limit())), 0, false), true);
        }
        return new Page<>(items, previous, hasPrevious, end(request, items, value), false);
    }

    /** Past the last row: where rows that are added later would show. */
    private static <T> Cursor end(PageRequest request, List<T> items, Function<T, String> value) {
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
        boolean more = items.size() > request.limit();
        items = more ? items.subList(0, request.limit()) : items;
        Collections.reverse(items);
        Cursor previous = new Cursor(items.isEmpty() ? "0" : value.apply(items.get(0)), 0, true);
        return new Page<>(List.copyOf(items), previous, more, new Cursor(edge, 0, false), true);
    }
}
