package dev.countersign.gate.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Collects the public keys that a client names in all sources of its request, and finds whether they are one key. One key in
 * several sources is one key, as SDKs send it in a header and in the body. Two keys, or a source that names a key twice, are
 * ambiguous.
 */
final class SubmittedKeys {

    private static final String SENTRY = "sentry";
    private static final String GLITCHTIP = "glitchtip";
    private static final String NAME_END = "_key";
    private static final String BASIC = "basic";
    private static final String BEARER = "bearer ";
    private static final int KEY_LENGTH = 32;
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

    /** Adds each {@code sentry_key} and {@code glitchtip_key} of a query. Servers separate parameters by {@code &} and some also by {@code ;}. */
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
     * Adds each {@code sentry_key} and {@code glitchtip_key} of a header, and the user name of each Basic credential and a Bearer
     * credential if the header is {@code Authorization}. Gateways join equal headers by commas.
     */
    void addHeader(@Nullable String header, boolean authorization) {
        if (header != null) {
            int names = addNamed(header) + (authorization ? addBasic(header) + addBearer(header) : 0);
            ambiguous |= names > 1;
        }
    }

    /** Adds the key of a DSN; null is a DSN that servers may read in several ways. */
    void addOfDsn(@Nullable String found) {
        ambiguous |= found == null;
        add(found);
    }

    private int addNamed(String header) {
        int names = 0;
        for (int at = header.indexOf(NAME_END); at >= 0; at = header.indexOf(NAME_END, at + 1)) {
            int equals = nextWord(header, at + NAME_END.length(), "=,;");
            if (equals < header.length()
                    && header.charAt(equals) == '='
                    && (isWholeWord(header, at, SENTRY) || isWholeWord(header, at, GLITCHTIP))) {
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

    private static boolean isWholeWord(String header, int end, String word) {
        int start = end - word.length();
        return header.startsWith(word, start) && (start == 0 || !isWord(header.charAt(start - 1)));
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

    /** GlitchTip takes a Bearer credential for the key, in any form in which Python reads a UUID. No other is a key. */
    private int addBearer(String header) {
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return 0;
        }
        String text = header.substring(BEARER.length()).toLowerCase(Locale.ROOT);
        String digits = text.replace("urn:", "").replace("uuid:", "").replaceAll("[^0-9a-z]", "");
        boolean isKey = digits.length() == KEY_LENGTH;
        add(isKey ? digits : null);
        return isKey ? 1 : 0;
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
        int length = to - from - NAME_END.length();
        if (length <= SENTRY.length()) {
            return length == SENTRY.length() && target.startsWith(SENTRY + NAME_END, from);
        }
        String name = PercentCode.decode(target, from, to);
        return name.equals(SENTRY + NAME_END) || name.equals(GLITCHTIP + NAME_END);
    }

    private static int parameterEnd(String target, int from, boolean semicolons) {
        int ampersand = target.indexOf('&', from);
        int end = ampersand < 0 ? target.length() : ampersand;
        int semicolon = semicolons ? target.indexOf(';', from) : -1;
        return semicolon < 0 ? end : Math.min(end, semicolon);
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
    static boolean isWord(char character) {
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
