package dev.countersign.web.json;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.countersign.web.server.AnswerOutput;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the JSON of an answer outside the heap, where the socket takes it from. Jackson fills an array of 8,000 bytes of its
 * own, and hands over the array each time it is full, and at the end.
 */
final class JsonBytes extends OutputStream {

    /** An array that Jackson hands over with at least this many bytes is followed by more. */
    private static final int FULL = 6000;

    /** How many arrays there is room for at first, where one is full. */
    private static final int ARRAYS = 3;

    private @Nullable ByteBuf bytes;

    private JsonBytes() {}

    /**
     * Writes a value as JSON.
     *
     * @return bytes of Netty's pool, which whoever gets them releases
     * @throws IOException if the value cannot be written
     */
    static ByteBuf of(ObjectWriter writer, Object value) throws IOException {
        JsonBytes json = new JsonBytes();
        boolean complete = false;
        try {
            writer.writeValue(json, value);
            complete = true;
            return json.room(0);
        } finally {
            if (!complete && json.bytes != null) {
                json.bytes.release();
            }
        }
    }

    @Override
    public void write(int b) {
        room(1).writeByte(b);
    }

    @Override
    public void write(byte[] array, int offset, int length) {
        room(length).writeBytes(array, offset, length);
    }

    private ByteBuf room(int length) {
        if (bytes == null) {
            bytes = AnswerOutput.memory(length < FULL ? length : ARRAYS * length);
        }
        return bytes;
    }
}
