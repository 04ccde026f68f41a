package dev.countersign.transfer.input;

import java.io.IOException;
import java.io.InputStream;

/**
 * Input stream: reads another stream, and fails where one object of a text takes too many bytes. The reader says where an
 * object begins.
 */
public final class BoundedInput extends BlockInput {

    private final InputStream input;
    private final long max;
    private long left;
    private long line;

    /**
     * Wraps a stream.
     *
     * @param max the most bytes that are read for one object
     */
    public BoundedInput(InputStream input, long max) {
        this.input = input;
        this.max = max;
        this.left = max;
    }

    /** Says that an object begins in a line. */
    public void begin(long line) {
        this.line = line;
        left = max;
    }

    /** Says that the rest of the object is passed over, and may have any length. */
    public void passOver() {
        left = Long.MAX_VALUE;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left <= 0) {
            throw new IOException("Line " + line + ": the object is longer than " + max + " bytes");
        }
        int read = input.read(bytes, offset, length);
        left -= Math.max(0, read);
        return read;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
