package dev.countersign.web.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.web.error.ApiException;
import dev.countersign.web.error.ErrorResponse;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The cursors of Sentry's lists, case by case. */
class PageTest {

    @ParameterizedTest(name = "{0} keys, {1} a page, cursor {2}")
    @CsvFileSource(resources = "/sentry-cursors.csv", quoteCharacter = '\'')
    void cursorsAreSentrys(
            int count,
            int limit,
            String cursor,
            String items,
            String previous,
            boolean before,
            String next,
            boolean more) {
        PageRequest request = PageRequest.of(Integer.toString(limit), cursor);

        Page<Long> page = Page.of(request, read(request, count), id -> id);

        assertThat(page.items())
                .map(String::valueOf)
                .isEqualTo(items.isEmpty() ? List.of() : List.of(items.split(",")));
        assertThat(page.previous()).hasToString(previous);
        assertThat(page.hasPrevious()).isEqualTo(before);
        assertThat(page.next()).hasToString(next);
        assertThat(page.hasNext()).isEqualTo(more);
    }

    @ParameterizedTest(name = "per_page={0}")
    @CsvSource({
        "'', Invalid per_page parameter.",
        "x, Invalid per_page parameter.",
        "1.5, Invalid per_page parameter.",
        "101, Invalid per_page value. Cannot exceed 100.",
        "0, Invalid per_page value. Must be at least 1.",
        "-1, Invalid per_page value. Must be at least 1."
    })
    void malformedPageSizeIsRefused(String perPage, String detail) {
        assertRefused(() -> PageRequest.of(perPage, null), detail);
    }

    @ParameterizedTest(name = "cursor={0}")
    @CsvSource({
        "x, Invalid cursor parameter.",
        "1:0, Invalid cursor parameter.",
        "1:0:0:0, Invalid cursor parameter.",
        "1:a:0, Invalid cursor parameter.",
        "1:0:b, Invalid cursor parameter.",
        "1:-1:0, Pagination offset cannot be negative",
        "1:100000:0, Pagination offset too large"
    })
    void malformedCursorIsRefused(String cursor, String detail) {
        assertRefused(() -> PageRequest.of(null, cursor), detail);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"7, 7", "7.9, 7", "-3, 0", "99999999999999999999999, 9223372036854775807"})
    void cursorIdIsRoundedAndBounded(String value, long id) {
        assertThat(Cursor.parse(value + ":0:0").id()).isEqualTo(id);
    }

    /** Reads ids 1 to count as the query of a list does, newest first. */
    private static List<Long> read(PageRequest request, int count) {
        Cursor cursor = request.cursor();
        Comparator<Long> order = Comparator.naturalOrder();
        return LongStream.rangeClosed(1, count)
                .boxed()
                .filter(id -> !cursor.hasValue() || (cursor.backward() ? id >= cursor.id() : id <= cursor.id()))
                .sorted(cursor.backward() ? order : order.reversed())
                .skip(request.skip())
                .limit(request.fetch())
                .toList();
    }

    private static void assertRefused(Runnable parse, String detail) {
        assertThatThrownBy(parse::run).isInstanceOfSatisfying(ApiException.BadRequest.class, e -> assertThat(e.body())
                .isEqualTo(new ErrorResponse(detail)));
    }
}
