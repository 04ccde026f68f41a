package dev.countersign.web.paging;

import dev.countersign.web.error.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Splits a search query into words, {@code kind:value} or free text, as Sentry's {@code tokenize_query} does, and holds them by
 * kind. Quotes keep white space in a word. Parentheses, {@code AND} and {@code OR} have no effect: a match has one of the
 * values of each kind. A star and a list in brackets have no special meaning.
 *
 * @param terms the values of each kind; {@link #TEXT} holds the free text, followed by the values of {@code query:}
 */
public record SearchWords(Map<String, List<String>> terms) {

    /** The key of free text in {@link #terms}. */
    public static final String TEXT = "query";

    private static final int MAX_TERMS = 50;

    /**
     * Reads a query parameter.
     *
     * @param text the value of the parameter, or null
     * @throws ApiException.BadRequest if there are more than 50 words
     */
    public static SearchWords parse(@Nullable String text) {
        List<String> tokens = split(text == null ? "" : text);
        if (tokens.size() > MAX_TERMS) {
            throw new ApiException.BadRequest("Invalid query. At most " + MAX_TERMS + " terms are accepted.");
        }
        tokens.removeIf(token -> !isWord(token));
        Map<String, List<String>> terms = new LinkedHashMap<>();
        for (String word : tokens) {
            if (!hasKind(word)) {
                add(terms, TEXT, strip(word, "\"()", "\"()"));
            }
        }
        for (String word : tokens) {
            if (hasKind(word)) {
                int colon = word.indexOf(':');
                String kind = unquote(strip(word.substring(0, colon), "(", ""));
                add(terms, kind, unquote(strip(word.substring(colon + 1), "", ")")));
            }
        }
        return new SearchWords(terms);
    }

    private static boolean isWord(String token) {
        return !token.equalsIgnoreCase("AND")
                && !token.equalsIgnoreCase("OR")
                && !strip(token, "()", "()").isEmpty();
    }

    /** Whether a value contains a NUL and so matches no row: PostgreSQL stores no NUL. */
    public boolean matchNothing() {
        for (List<String> values : terms.values()) {
            for (String value : values) {
                if (value.indexOf('\0') >= 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void add(Map<String, List<String>> terms, String kind, String value) {
        terms.computeIfAbsent(kind, any -> new ArrayList<>()).add(value);
    }

    private static boolean hasKind(String word) {
        int colon = word.indexOf(':');
        boolean text = colon < 0 || "\"':".indexOf(word.charAt(0)) >= 0;
        return !text && !word.startsWith(":", colon + 1) && !word.startsWith(" ", colon + 1);
    }

    /** Splits a text at white space, except in quotes and after a colon. In quotes, a backslash escapes the quote. */
    private static List<String> split(String text) {
        List<String> tokens = new ArrayList<>();
        StringBuilder token = new StringBuilder();
        char quote = 0;
        char last = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
            if (space && quote == 0 && last != ':') {
                addUnlessEmpty(tokens, token);
            } else {
                token.append(c);
            }
            if (quote != 0 && c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == quote) {
                token.append(quote);
                i++;
            } else if ((c == '"' || c == '\'') && (quote == 0 || quote == c)) {
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

    /** Removes double quotes at both ends, as far as the middle. A quote after a backslash at the end stays. */
    private static String unquote(String text) {
        if (text.length() < 2) {
            return text;
        }
        int start = 0;
        int end = text.length();
        while (start <= text.length() / 2 && text.charAt(start) == '"') {
            start++;
        }
        while (2 * (end - 1) >= text.length() && text.charAt(end - 1) == '"' && text.charAt(end - 2) != '\\') {
            end--;
        }
        return start < end ? text.substring(start, end) : "";
    }

    private static String strip(String text, String before, String after) {
        int start = 0;
        int end = text.length();
        while (start < end && before.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && after.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }
}
