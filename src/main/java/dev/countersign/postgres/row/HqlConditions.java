package dev.countersign.postgres.row;

import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.SearchWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the conditions of a query in Hibernate's language (HQL), with their parameters; a row must meet all
 * conditions.
 */
public final class HqlConditions {

    private static final int MAX_DIGITS = 18;

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    /**
     * Adds the words of a search.
     *
     * @param query the text of the search, or null
     * @param add adds the condition of one kind of words with its values
     * @throws ApiException.BadRequest if there are more than 50 words
     */
    public void search(@Nullable String query, BiConsumer<String, List<String>> add) {
        SearchWords words = SearchWords.parse(query);
        if (words.matchNothing()) {
            none();
        } else {
            words.terms().forEach(add);
        }
    }

    /** Adds a condition that no row matches. */
    public void none() {
        conditions.add(" and false");
    }

    /** Adds a condition without parameters. */
    public void add(String condition) {
        conditions.add(" and " + condition);
    }

    /**
     * Adds a condition that any of the values matches. Compares a single value with {@code =}, because Hibernate
     * translates a query with a list of values anew each time.
     *
     * @param condition with {@code %s} for the comparison
     * @param parameter a name that no other condition of the query has
     */
    public void any(String condition, String parameter, List<?> values) {
        boolean single = values.size() == 1;
        add(condition.formatted(single ? "= :" + parameter : "in :" + parameter));
        parameters.put(parameter, single ? values.get(0) : values);
    }

    /** Adds a condition that one of the columns contains the text, in upper or lower case. */
    public void text(List<String> values, String... columns) {
        add(Stream.of(columns)
                .map(column -> "position(:text in lower(" + column + ")) > 0")
                .collect(Collectors.joining(" or ", "(", ")")));
        parameters.put("text", String.join(" ", values).toLowerCase(Locale.ROOT));
    }

    /** The value of a parameter, where its condition is the only one and has a single value; otherwise null. */
    public @Nullable Object only(String parameter) {
        Object value = conditions.size() == 1 ? parameters.get(parameter) : null;
        return value instanceof List<?> ? null : value;
    }

    /** The conditions as text to append to a {@code where} clause. */
    String clause() {
        return String.join("", conditions);
    }

    /** The parameters of these conditions and of the clause before. */
    Map<String, Object> parameters(Map<String, Object> others) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.putAll(others);
        return all;
    }

    /** Texts in lower case, for columns that are compared in lower case. */
    public static List<String> lower(List<String> values) {
        return values.stream().map(value -> value.toLowerCase(Locale.ROOT)).toList();
    }

    /** Whether a text can be an id. */
    public static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /**
     * Parses ids.
     *
     * @throws ApiException.BadRequest if a text is not an id
     */
    public static List<Long> ids(List<String> values) {
        if (!values.stream().allMatch(HqlConditions::isId)) {
            throw new ApiException.BadRequest("Invalid id value");
        }
        return values.stream().map(Long::valueOf).toList();
    }
}
