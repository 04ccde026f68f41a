package dev.countersign.transfer.archive;

import dev.countersign.transfer.input.BlockInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of a tar archive one after the other, as far as {@code sentry export} uses the form: plain files with
 * short names.
 */
final class Tar {

    /** Where a tar archive has the word that tells it, and the word. */
    static final int MAGIC_OFFSET = 257;

    static final String MAGIC = "ustar";

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_OFFSET = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int OCTAL = 8;
    private static final int BINARY = 0x80;
    private static final int TYPE_OFFSET = 156;
    private static final long MAX_SIZE = 1L << 50;

    private final InputStream input;
    private long left;
    private long padding;
    private boolean plain;

    Tar(InputStream input) {
        this.input = input;
    }

    /** Goes to the next entry and tells its name with its folders, but for {@code ./}; null at the end. */
    @Nullable
    String next() throws IOException {
        skip(left + padding);
        byte[] header = input.readNBytes(BLOCK);
        if (header.length < BLOCK || header[0] == 0) {
            return null;
        }
        left = size(header);
        padding = (BLOCK - left % BLOCK) % BLOCK;
        plain = header[TYPE_OFFSET] == '0' || header[TYPE_OFFSET] == 0;
        String name = text(header, 0, NAME_LENGTH);
        return name.startsWith("./") ? name.substring(2) : name;
    }

    /** Whether the entry is a file, and no link or folder. */
    boolean isPlain() {
        return plain;
    }

    /** Skips bytes, of which the last is read: a file can be skipped past its end. */
    private void skip(long bytes) throws IOException {
        try {
            if (bytes > 0) {
                input.skipNBytes(bytes - 1);
                if (input.read() < 0) {
                    throw new EOFException();
                }
            }
        } catch (EOFException e) {
            throw new IOException("The tar archive ends too early", e);
        }
    }

    /** The content of the entry. Closing it does not close the archive. */
    InputStream content() {
        return new BlockInput() {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (left == 0) {
                    return -1;
                }
                int read = input.read(bytes, offset, (int) Math.min(length, left));
                if (read < 0) {
                    throw new IOException("The tar archive ends too early");
                }
                left -= read;
                return read;
            }
        };
    }

    /** The size of an entry: octal digits, or a number of 11 bytes where the first bit is set. */
    private static long size(byte[] header) throws IOException {
        long size = readSize(header);
        if (size < 0 || size > MAX_SIZE) {
            throw new IOException("The tar archive is damaged");
        }
        return size;
    }

    private static long readSize(byte[] header) throws IOException {
        if ((header[SIZE_OFFSET] & BINARY) != 0) {
            long size = 0;
            for (int i = SIZE_OFFSET + SIZE_LENGTH - Long.BYTES; i < SIZE_OFFSET + SIZE_LENGTH; i++) {
                size = (size << Byte.SIZE) | (header[i] & 0xff);
            }
            return size;
        }
        try {
            return Long.parseLong(text(header, SIZE_OFFSET, SIZE_LENGTH).strip(), OCTAL);
        } catch (NumberFormatException e) {
            throw new IOException("The tar archive is damaged", e);
        }
    }

    private static String text(byte[] header, int offset, int length) {
        String text = new String(Arrays.copyOfRange(header, offset, offset + length), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
