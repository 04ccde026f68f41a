package dev.countersign.dsn;

import com.fasterxml.jackson.core.SerializableString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Holds the URLs of a key as a JSON object that Jackson copies as it is, into its own buffer. No URL has a character that JSON
 * would escape, and all are ASCII: a URL consists of a checked {@link Endpoint}, a checked subdomain, ids and keys.
 */
record DsnUrlsJson(DsnUrls urls) implements SerializableString {

    private static final String[] NAMES = {
        "secret",
        "public",
        "csp",
        "security",
        "minidump",
        "nel",
        "unreal",
        "crons",
        "cdn",
        "playstation",
        "integration",
        "otlp_traces",
        "otlp_logs"
    };

    /** The number of members. */
    static final int MEMBERS = NAMES.length;

    /** What stands before each URL, such as {@code ","csp":"}, and behind the last one. */
    private static final String[] BEFORE = before();

    private static final String END = "\"}";

    /** The name of a member. */
    static String name(int member) {
        return NAMES[member];
    }

    /** The URL of a member. */
    static String url(DsnUrls urls, int member) {
        return switch (member) {
            case 0 -> urls.secret();
            case 1 -> urls.publicDsn();
            case 2 -> urls.csp();
            case 3 -> urls.security();
            case 4 -> urls.minidump();
            case 5 -> urls.nel();
            case 6 -> urls.unreal();
            case 7 -> urls.crons();
            case 8 -> urls.cdn();
            case 9 -> urls.playstation();
            case 10 -> urls.integration();
            case 11 -> urls.otlpTraces();
            case 12 -> urls.otlpLogs();
            default -> throw new IllegalArgumentException("no member " + member);
        };
    }

    private static String[] before() {
        String[] before = new String[NAMES.length];
        for (int i = 0; i < NAMES.length; i++) {
            before[i] = (i == 0 ? "{\"" : "\",\"") + NAMES[i] + "\":\"";
        }
        return before;
    }

    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
        if (charLength() > buffer.length - offset) {
            return -1;
        }
        int end = offset;
        for (int i = 0; i < MEMBERS; i++) {
            end = copy(url(urls, i), buffer, copy(BEFORE[i], buffer, end));
        }
        return copy(END, buffer, end) - offset;
    }

    @SuppressWarnings("deprecation") // the only method that copies a text into an existing array; right for ASCII
    private static int copy(String text, byte[] buffer, int offset) {
        text.getBytes(0, text.length(), buffer, offset);
        return offset + text.length();
    }

    @Override
    public int charLength() {
        int length = END.length();
        for (int i = 0; i < MEMBERS; i++) {
            length += BEFORE[i].length() + url(urls, i).length();
        }
        return length;
    }

    @Override
    public byte[] asUnquotedUTF8() {
        byte[] bytes = new byte[charLength()];
        appendUnquotedUTF8(bytes, 0);
        return bytes;
    }

    @Override
    public String getValue() {
        return new String(asUnquotedUTF8(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public char[] asQuotedChars() {
        return getValue().toCharArray();
    }

    @Override
    public byte[] asQuotedUTF8() {
        return asUnquotedUTF8();
    }

    @Override
    public int appendQuotedUTF8(byte[] buffer, int offset) {
        return appendUnquotedUTF8(buffer, offset);
    }

    @Override
    public int appendQuoted(char[] buffer, int offset) {
        return appendUnquoted(buffer, offset);
    }

    @Override
    public int appendUnquoted(char[] buffer, int offset) {
        int length = charLength();
        if (length > buffer.length - offset) {
            return -1;
        }
        getValue().getChars(0, length, buffer, offset);
        return length;
    }

    @Override
    public int writeQuotedUTF8(OutputStream out) throws IOException {
        return writeUnquotedUTF8(out);
    }

    @Override
    public int writeUnquotedUTF8(OutputStream out) throws IOException {
        byte[] bytes = asUnquotedUTF8();
        out.write(bytes);
        return bytes.length;
    }

    @Override
    public int putQuotedUTF8(ByteBuffer buffer) {
        return putUnquotedUTF8(buffer);
    }

    @Override
    public int putUnquotedUTF8(ByteBuffer buffer) {
        int length = charLength();
        if (length > buffer.remaining()) {
            return -1;
        }
        buffer.put(asUnquotedUTF8());
        return length;
    }
}
