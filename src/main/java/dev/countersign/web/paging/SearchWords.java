package dev.countersign.web.paging;

import dev.countersign.web.error.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of a search as Sentry reads them: {@code kind:value}, and free text. Quotes keep white space together;
 * grouping parentheses, {@code AND} and {@code OR} say nothing: values of one kind mean any of them, and all kinds count.
 *
 * @param terms the values of each kind; those of free text are under {@link #TEXT}
 */
public record SearchWords(Map<String, List<String>> terms) {

    /** The kind of words that have none. */
    public static final String TEXT = "";

    private static final int MAX_TERMS = 50;
    private static final Set<String> CONNECTIVES = Set.of("AND", "OR");

    /**
     * Reads a query parameter.
     *
     * @param text what was sent, or null
     * @throws ApiException.BadRequest where there are more than 50 words
     */
    public static SearchWords parse(@Nullable String text) {
        Map<String, List<String>> terms = new LinkedHashMap<>();
        List<String> tokens = split(text == null ? "" : text);
        if (tokens.size() > MAX_TERMS) {
            throw new ApiException.BadRequest("Invalid query. At most " + MAX_TERMS + " terms are accepted.");
        }
        for (String token : tokens) {
            if (!CONNECTIVES.contains(token.toUpperCase(Locale.ROOT))
                    && !strip(token, "()").isEmpty()) {
                add(terms, token);
            }
        }
        return new SearchWords(terms);
    }

    /** Whether nothing can match: PostgreSQL has no texts with a NUL. */
    public boolean matchNothing() {
        return terms.values().stream().flatMap(List::stream).anyMatch(value -> value.indexOf('\0') >= 0);
    }

    private static void add(Map<String, List<String>> terms, String token) {
        int colon = token.indexOf(':');
        boolean quoted = "\"':".indexOf(token.charAt(0)) >= 0;
        boolean text = quoted || colon < 0 || token.startsWith("::", colon);
        String kind = text ? TEXT : unquote(stripStart(token.substring(0, colon)));
        String value = text
                ? strip(token, "\"()")
                : unquote(stripEnd(token.substring(colon + 1)).strip());
        terms.computeIfAbsent(kind, any -> new ArrayList<>()).add(value);
    }

    /** At white space, unless it stands in quotes or after a colon. */
    private static List<String> split(String text) {
        List<String> tokens = new ArrayList<>();
        StringBuilder token = new StringBuilder();
        char quote = 0;
        char last = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean space = Character.isWhitespace(c);
            if (space && quote == 0 && last != ':') {
                addUnlessEmpty(tokens, token);
            } else {
                token.append(c);
            }
            if ((c == '"' || c == '\'') && (quote == 0 || quote == c)) {
                quote = quote == 0 ? c : 0;
            }
            last = space && last == ':' ? last : c;
        }
        addUnlessEmpty(tokens, token);
        return tokens;
    }

    private static void addUnlessEmpty(List<String> tokens, StringBuilder token) {
        String text = token.toString().strip();
        if (!text.isEmpty()) {
            tokens.add(text);
        }
        token.setLength(0);
    }

    private static String unquote(String text) {
        boolean quoted = text.length() > 1
                && text.charAt(0) == text.charAt(text.length() - 1)
                && "\"'".indexOf(text.charAt(0)) >= 0;
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static String strip(String text, String characters) {
        int start = 0;
        int end = text.length();
        while (start < end && characters.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && characters.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static String stripStart(String kind) {
        int start = 0;
        while (start < kind.length() && kind.charAt(start) == '(') {
            start++;
        }
        return kind.substring(start);
    }

    private static String stripEnd(String value) {
        int end = value.length();
        while (end > 0 && value.charAt(end - 1) == ')') {
            end--;
        }
        return value.substring(0, end);
    }
}
