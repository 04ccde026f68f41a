package dev.countersign.web.filter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: repairs the target of a request, such as {@code /api/0/projects/?query=pump}, so that the router, Quarkus REST
 * and {@link java.net.URI} read it alike. Each of them reads an unusual target in its own way.
 */
final class RequestTarget {

    private static final boolean[] IN_PATH = legal("-._~!$&'()*+,;=:@/");
    private static final boolean[] IN_QUERY = legal("-._~!$&'()*+,;=:@/?[]");
    private static final int ASCII = 128;
    private static final int ESCAPE_LENGTH = 3;
    private static final int BYTE = 0xff;
    private static final Pattern AUTHORITY = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private RequestTarget() {}

    /**
     * Returns the target in origin form: without scheme and host, with one slash in place of several, and with each character
     * escaped that a URI does not allow. In the query a {@code %} without an escape is a percent sign, as in Django.
     *
     * @return null if the path has a segment {@code .} or {@code ..}, escaped or not: no client sends such a segment, and no
     *     reader may resolve it
     * @throws IllegalArgumentException if an escape in the path is broken or no UTF-8, or the path is missing
     */
    static @Nullable String repair(String target) {
        if (isPlain(target)) {
            return target;
        }
        String local = AUTHORITY.matcher(target).replaceFirst("");
        if (local.isEmpty() || local.charAt(0) == '?') {
            local = "/" + local;
        }
        if (local.charAt(0) != '/') {
            throw new IllegalArgumentException("no path");
        }
        int end = local.indexOf('?');
        String path = path(end < 0 ? local : local.substring(0, end));
        return path == null || end < 0 ? path : path + "?" + query(local.substring(end + 1));
    }

    /** Whether the target needs no repair. One fast pass, because nearly every target needs none. */
    private static boolean isPlain(String target) {
        if (target.isEmpty() || target.charAt(0) != '/') {
            return false;
        }
        boolean[] legal = IN_PATH;
        for (int i = 1; i < target.length(); i++) {
            char c = target.charAt(i);
            boolean inPath = legal == IN_PATH;
            if (c == '?' && inPath) {
                legal = IN_QUERY;
            } else if (c == '%' ? inPath || !isEscape(target, i) : c >= ASCII || !legal[c]) {
                return false;
            } else if (inPath && (c == '.' || c == '/') && target.charAt(i - 1) == '/') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String path(String path) {
        StringBuilder repaired = new StringBuilder(path.length());
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '/' && i > 0 && path.charAt(i - 1) == '/') {
                continue;
            }
            if (c != '%') {
                append(repaired, c, IN_PATH);
                decoded.write(c);
            } else if (isEscape(path, i)) {
                repaired.append(path, i, i + ESCAPE_LENGTH);
                decoded.write(HexFormat.fromHexDigits(path, i + 1, i + ESCAPE_LENGTH));
                i += ESCAPE_LENGTH - 1;
            } else {
                throw new IllegalArgumentException("a broken escape");
            }
        }
        for (String segment : utf8(decoded.toByteArray()).split("[/\\\\]", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return null;
            }
        }
        return repaired.toString();
    }

    private static String query(String query) {
        StringBuilder repaired = new StringBuilder(query.length());
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '%' && isEscape(query, i)) {
                repaired.append(c);
            } else {
                append(repaired, c, IN_QUERY);
            }
        }
        return repaired.toString();
    }

    /** Appends one character, escaped if not legal. Each character of a target is one byte. */
    private static void append(StringBuilder repaired, char c, boolean[] legal) {
        if (c < ASCII && legal[c]) {
            repaired.append(c);
        } else {
            repaired.append('%').append(HEX.toHexDigits((byte) (c & BYTE)));
        }
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("no UTF-8", e);
        }
    }

    private static boolean isEscape(String text, int start) {
        return start + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(start + 1))
                && HexFormat.isHexDigit(text.charAt(start + 2));
    }

    private static boolean[] legal(String punctuation) {
        boolean[] legal = new boolean[ASCII];
        for (char c = 0; c < ASCII; c++) {
            legal[c] = Character.isLetterOrDigit(c) || punctuation.indexOf(c) >= 0;
        }
        return legal;
    }
}
