package dev.countersign.web.filter;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of request bodies in memory, of all connections together, and says when {@link BodyFilter} must refuse a
 * body because they would exceed {@code countersign.body-memory}.
 */
@Singleton
class BodyMemory {

    /** Divides the greatest heap size for the default limit. While parsed, a body takes about three times its size. */
    private static final int HEAP_DIVISOR = 8;

    private final long limit;
    private final AtomicLong reserved = new AtomicLong();

    BodyMemory(TransportConfig config) {
        this.limit = config.bodyMemory()
                .map(memory -> memory.asLongValue())
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / HEAP_DIVISOR);
    }

    /** Reserves bytes, or returns false if they exceed the limit. The caller must {@link #release} reserved bytes. */
    boolean reserve(long bytes) {
        if (reserved.addAndGet(bytes) <= limit) {
            return true;
        }
        reserved.addAndGet(-bytes);
        return false;
    }

    /** Releases reserved bytes. */
    void release(long bytes) {
        reserved.addAndGet(-bytes);
    }
}
