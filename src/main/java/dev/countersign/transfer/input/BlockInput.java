package dev.countersign.transfer.input;

import java.io.IOException;
import java.io.InputStream;

/** Input stream: reads a single byte as a block of one, so that a subclass has one method that reads. */
public abstract class BlockInput extends InputStream {

    /** Makes a stream. */
    protected BlockInput() {}

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] bytes, int offset, int length) throws IOException;
}
