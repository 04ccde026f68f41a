package dev.countersign.testsupport.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the bytes that a client of PostgreSQL sends on one connection, and reports each statement that is executed. */
final class StatementReader {

    private static final int PROTOCOL_3 = 3 << 16;
    private static final int LENGTH = 4;

    private final Consumer<String> executed;
    private final Map<String, String> statements = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();
    private byte[] unread = new byte[0];
    private boolean isStarted;

    StatementReader(Consumer<String> executed) {
        this.executed = executed;
    }

    /** Takes the next bytes; they may end in the middle of a message. */
    void accept(byte[] bytes, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(unread.length + length)
                .put(unread)
                .put(bytes, 0, length)
                .flip();
        while (takeMessage(buffer)) {
            // the next one
        }
        unread = new byte[buffer.remaining()];
        buffer.get(unread);
    }

    /** Reads one message if all of it is here. The messages before the login have no type. */
    private boolean takeMessage(ByteBuffer buffer) {
        int header = isStarted ? 1 : 0;
        if (buffer.remaining() < header + LENGTH) {
            return false;
        }
        int length = buffer.getInt(buffer.position() + header);
        if (buffer.remaining() < header + length) {
            return false;
        }
        ByteBuffer message = buffer.slice(buffer.position(), header + length);
        buffer.position(buffer.position() + header + length);
        if (isStarted) {
            read((char) message.get(), message.position(1 + LENGTH));
        } else {
            isStarted = message.getInt(LENGTH) == PROTOCOL_3;
        }
        return true;
    }

    private void read(char type, ByteBuffer body) {
        switch (type) {
            case 'P' -> statements.put(text(body), text(body));
            case 'B' -> portals.put(text(body), statements.getOrDefault(text(body), "?"));
            case 'E' -> executed.accept(portals.getOrDefault(text(body), "?"));
            case 'Q' -> executed.accept(text(body));
            default -> {
                // Describe, Sync and others execute nothing.
            }
        }
    }

    private static String text(ByteBuffer body) {
        int start = body.position();
        int end = start;
        while (body.get(end) != 0) {
            end++;
        }
        byte[] text = new byte[end - start];
        body.get(text).get();
        return new String(text, StandardCharsets.UTF_8);
    }
}
