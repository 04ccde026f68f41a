package dev.countersign.web.body;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.crypto.Sha256;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/**
 * Computes the SHA-256 of a JSON tree, to tell whether two request bodies are the same. Two trees have the same digest
 * if they have the same members, in any order, the same elements, in the same order, and equal values. Numbers are
 * equal by their value: {@code 1}, {@code 1.0} and {@code 1e0} are one number.
 */
final class JsonDigest {

    private static final int BUFFER_BYTES = 4096;

    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    private JsonDigest(MessageDigest digest) {
        this.digest = digest;
    }

    /** The digest of a tree, in hexadecimal. */
    static String sha256(JsonNode tree) {
        JsonDigest digest = new JsonDigest(Sha256.digest());
        digest.add(tree);
        digest.update();
        return HexFormat.of().formatHex(digest.digest.digest());
    }

    private void add(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                add('{', node.size());
                node.properties().stream().sorted(Map.Entry.comparingByKey()).forEach(member -> {
                    add(member.getKey());
                    add(member.getValue());
                });
            }
            case ARRAY -> {
                add('[', node.size());
                node.forEach(this::add);
            }
            case NUMBER -> {
                add('0', 0);
                add(number(node.decimalValue()));
            }
            case STRING -> {
                add('"', 0);
                add(node.textValue());
            }
            case BOOLEAN -> add(node.booleanValue() ? 't' : 'f', 0);
            default -> add('n', 0);
        }
    }

    /** One text for each value. An exponent stays an exponent, so the text is short. */
    private static String number(BigDecimal value) {
        return value.stripTrailingZeros().toString();
    }

    /** Adds the length first, so that two texts never run together. Adds characters and not bytes of UTF-8, to tell all apart. */
    private void add(String text) {
        add('#', text.length());
        for (int i = 0; i < text.length(); i++) {
            if (buffer.remaining() < Character.BYTES) {
                update();
            }
            buffer.putChar(text.charAt(i));
        }
    }

    private void add(char kind, int size) {
        if (buffer.remaining() < Character.BYTES + Integer.BYTES) {
            update();
        }
        buffer.putChar(kind).putInt(size);
    }

    private void update() {
        digest.update(buffer.flip());
        buffer.clear();
    }
}
