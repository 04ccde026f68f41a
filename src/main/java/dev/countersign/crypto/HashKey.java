package dev.countersign.crypto;

import java.nio.ByteBuffer;

/** A SHA-256 hash as the key of a map. Four numbers are compared faster than 32 bytes, and each is as random as the hash. */
public record HashKey(long first, long second, long third, long fourth) {

    /** Reads the 32 bytes of a hash. */
    public static HashKey of(byte[] hash) {
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        return new HashKey(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    /** Hides the hash. */
    @Override
    public String toString() {
        return "***";
    }
}
