package dev.countersign.dsn;

import com.fasterxml.jackson.core.SerializableString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Holds the URLs of a key as a JSON object that Jackson copies as it is, into its own buffer. No URL has a character that JSON
 * would escape, and all are ASCII: a URL consists of a checked {@link Endpoint}, a checked subdomain, ids and keys.
 */
final class DsnUrlsJson implements SerializableString {

    private final UrlTemplate object;
    private final String[] values;

    /**
     * The object with the values of a key.
     *
     * @param object the text of the object, whose places are those of the URLs
     */
    DsnUrlsJson(UrlTemplate object, String[] values) {
        this.object = object;
        this.values = values;
    }

    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
        return charLength() > buffer.length - offset ? -1 : object.copy(values, buffer, offset) - offset;
    }

    @Override
    public int charLength() {
        return object.length(values);
    }

    @Override
    public byte[] asUnquotedUTF8() {
        byte[] bytes = new byte[charLength()];
        appendUnquotedUTF8(bytes, 0);
        return bytes;
    }

    @Override
    public String getValue() {
        return object.fill(values);
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
