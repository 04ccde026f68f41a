package dev.countersign.dsn;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.SerializableString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Holds the URLs of a key as a JSON object that Jackson copies as it is, into its own buffer. No URL has a character that JSON
 * would escape, and all are ASCII: a URL consists of a checked {@link Endpoint}, a checked subdomain, ids and keys.
 */
final class DsnUrlsJson implements SerializableString {

    /** The names of the members, in the order of an answer. */
    static final List<String> NAMES =
            List.of(Objects.requireNonNull(DsnUrls.class.getAnnotation(JsonPropertyOrder.class))
                    .value());

    /** What stands before each URL, such as {@code ","csp":"}, and behind the last one. */
    private static final String[] BEFORE = before();

    private static final String END = "\"}";

    /** The length of all that is the same for all keys. */
    private static final int AROUND =
            Arrays.stream(BEFORE).mapToInt(String::length).sum() + END.length();

    private final String[] urls;

    DsnUrlsJson(DsnUrls urls) {
        this.urls = inOrder(urls);
    }

    /** The URLs in the order of {@link #NAMES}. */
    static String[] inOrder(DsnUrls urls) {
        return new String[] {
            urls.secret(),
            urls.publicDsn(),
            urls.csp(),
            urls.security(),
            urls.minidump(),
            urls.nel(),
            urls.unreal(),
            urls.crons(),
            urls.cdn(),
            urls.playstation(),
            urls.integration(),
            urls.otlpTraces(),
            urls.otlpLogs()
        };
    }

    private static String[] before() {
        String[] before = new String[NAMES.size()];
        for (int i = 0; i < before.length; i++) {
            before[i] = (i == 0 ? "{\"" : "\",\"") + NAMES.get(i) + "\":\"";
        }
        return before;
    }

    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
        if (charLength() > buffer.length - offset) {
            return -1;
        }
        int end = offset;
        for (int i = 0; i < urls.length; i++) {
            end = copy(urls[i], buffer, copy(BEFORE[i], buffer, end));
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
        int length = AROUND;
        for (String url : urls) {
            length += url.length();
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
