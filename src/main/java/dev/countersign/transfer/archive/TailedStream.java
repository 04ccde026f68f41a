package dev.countersign.transfer.archive;

import dev.countersign.transfer.input.BlockInput;
import java.io.IOException;
import java.io.InputStream;

/** Input stream: reads another stream but for its last bytes, which it holds back and tells once the end is reached. */
final class TailedStream extends BlockInput {

    private final InputStream input;
    private final byte[] tail;
    private boolean filled;

    /**
     * Wraps a stream.
     *
     * @param length the number of last bytes that are held back
     */
    TailedStream(InputStream input, int length) {
        this.input = input;
        this.tail = new byte[length];
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        fill();
        int read = length == 0 ? 0 : input.read(bytes, offset, length);
        if (read <= 0) {
            return read;
        }
        // What was held back comes first; as much is held back again from the end of what was read.
        byte[] all = new byte[tail.length + read];
        System.arraycopy(tail, 0, all, 0, tail.length);
        System.arraycopy(bytes, offset, all, tail.length, read);
        System.arraycopy(all, 0, bytes, offset, read);
        System.arraycopy(all, read, tail, 0, tail.length);
        return read;
    }

    /** The last bytes, after the stream was read to its end. */
    byte[] tail() {
        return tail.clone();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private void fill() throws IOException {
        if (!filled) {
            filled = true;
            if (input.readNBytes(tail, 0, tail.length) < tail.length) {
                throw new IOException("The file ends too early");
            }
        }
    }
}
