package dev.countersign.gate.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Collects the public keys that a client names in all sources of its request, and finds whether they are one key. One key in
 * several sources is one key, as SDKs send it in a header and in the body. Two keys, or a source that names a key twice, are
 * ambiguous.
 */
final class SubmittedKeys {

    private static final String NAME = "sentry_key";
    private static final String BASIC = "basic";
    private static final String SCHEME_END = "://";
    private static final int MAX_ASCII = 0x80;

    private @Nullable String key;
    private boolean ambiguous;

    /** The key; null if no source names one. */
    @Nullable
    String key() {
        return key;
    }

    /** Whether a reader could find another key than {@link #key()}. */
    boolean areAmbiguous() {
        return ambiguous;
    }

    /** Adds the key of one source; null and the empty text are no key. */
    void add(@Nullable String found) {
        if (found != null && !found.isEmpty()) {
            ambiguous |= key != null && !key.equals(found);
            key = found;
        }
    }

    /** Adds each {@code sentry_key} of a query. Servers separate parameters by {@code &} and some also by {@code ;}. */
    void addQuery(String target, int from) {
        boolean semicolons = target.indexOf(';', from) >= 0;
        int names = 0;
        for (int start = from; start < target.length(); ) {
            int end = parameterEnd(target, start, semicolons);
            int equals = target.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (isName(target, start, nameEnd)) {
                names++;
                add(trim(PercentCode.decode(target, Math.min(nameEnd + 1, end), end)));
            }
            start = end + 1;
        }
        ambiguous |= names > 1;
    }

    /**
     * Adds each {@code sentry_key} of a header, and the user name of each Basic credential if the header is {@code
     * Authorization}. Gateways join equal headers by commas.
     */
    void addHeader(@Nullable String header, boolean authorization) {
        if (header != null) {
            int names = addNamed(header) + (authorization ? addBasic(header) : 0);
            ambiguous |= names > 1;
        }
    }

    /**
     * Adds the key of a DSN such as {@code https://key@ingest.example.com/7}. A DSN that cannot be read, or names another
     * project than the path, is ambiguous.
     */
    void addDsn(String text, long project) {
        String dsn = text.strip();
        int scheme = dsn.indexOf(SCHEME_END);
        int user = scheme + SCHEME_END.length();
        int at = dsn.indexOf('@', user);
        int path = dsn.indexOf('/', user);
        int end = dsn.endsWith("/") ? dsn.length() - 1 : dsn.length();
        int last = dsn.lastIndexOf('/', end - 1);
        if (!isScheme(dsn, scheme)
                || dsn.indexOf('?') >= 0
                || dsn.indexOf('#') >= 0
                || at < 0
                || path < at
                || last < path
                || !dsn.substring(last + 1, end).equals(Long.toString(project))) {
            ambiguous = true;
        } else {
            int colon = dsn.indexOf(':', user);
            add(dsn.substring(user, colon < 0 || colon > at ? at : colon));
        }
    }

    private int addNamed(String header) {
        int names = 0;
        for (int at = header.indexOf(NAME); at >= 0; at = header.indexOf(NAME, at + 1)) {
            int equals = nextWord(header, at + NAME.length(), "=,;");
            boolean begins = at == 0 || !isWord(header.charAt(at - 1));
            if (begins && equals < header.length() && header.charAt(equals) == '=') {
                int from = skip(header, equals + 1);
                int to = from;
                while (to < header.length() && !isEdge(header.charAt(to))) {
                    to++;
                }
                names++;
                add(header.substring(from, to));
            }
        }
        return names;
    }

    private int addBasic(String header) {
        int names = 0;
        for (int start = 0; start < header.length(); ) {
            int comma = header.indexOf(',', start);
            int end = comma < 0 ? header.length() : comma;
            int scheme = nextWord(header, start, ",");
            int blank = scheme + BASIC.length();
            if (blank < end
                    && header.regionMatches(true, scheme, BASIC, 0, BASIC.length())
                    && !isWord(header.charAt(blank))) {
                names++;
                add(userName(header.substring(blank, end).strip()));
            }
            start = end + 1;
        }
        return names;
    }

    /** The user name; the whole text if it is not Base64, which is then a key that nobody has. */
    private static String userName(String credential) {
        try {
            String text = new String(Base64.getDecoder().decode(credential), StandardCharsets.ISO_8859_1);
            int colon = text.indexOf(':');
            return trim(colon < 0 ? text : text.substring(0, colon));
        } catch (IllegalArgumentException e) {
            return credential;
        }
    }

    private static boolean isName(String target, int from, int to) {
        int length = to - from;
        return length == NAME.length()
                ? target.startsWith(NAME, from)
                : length > NAME.length() && NAME.equals(PercentCode.decode(target, from, to));
    }

    private static int parameterEnd(String target, int from, boolean semicolons) {
        int ampersand = target.indexOf('&', from);
        int end = ampersand < 0 ? target.length() : ampersand;
        int semicolon = semicolons ? target.indexOf(';', from) : -1;
        return semicolon < 0 ? end : Math.min(end, semicolon);
    }

    /** Whether what precedes an index can be a scheme: then every reader finds the same user behind it. */
    private static boolean isScheme(String dsn, int end) {
        return end > 0 && dsn.chars().limit(end).allMatch(character -> isWord((char) character) || character == '+');
    }

    /** The index of the first character that may stand in a word, or is one of the stops. */
    private static int nextWord(String text, int from, String stops) {
        int i = from;
        while (i < text.length() && !isWord(text.charAt(i)) && stops.indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    /** What else may be white space to a server, such as U+001F and U+00A0 to one in Python, is no part of a word. */
    private static boolean isWord(char character) {
        return character < MAX_ASCII && (Character.isLetterOrDigit(character) || "-._".indexOf(character) >= 0);
    }

    /** The index of the first character that is neither blank nor a quote. */
    private static int skip(String text, int from) {
        int i = from;
        while (i < text.length() && isPadding(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static String trim(String text) {
        int to = text.length();
        while (to > 0 && isPadding(text.charAt(to - 1))) {
            to--;
        }
        int from = Math.min(skip(text, 0), to);
        return from == 0 && to == text.length() ? text : text.substring(from, to);
    }

    private static boolean isEdge(char character) {
        return isPadding(character) || character == ',' || character == ';';
    }

    private static boolean isPadding(char character) {
        return character == ' ' || character == '\t' || character == '"' || character == '\'';
    }
}
