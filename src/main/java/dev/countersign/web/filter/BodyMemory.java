package dev.countersign.web.filter;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes of bodies that are held in memory, over all connections, against {@code countersign.body-memory}. */
@Singleton
class BodyMemory {

    /** Of the heap's greatest size, where nothing is set: a body is held some three times over while it is parsed. */
    private static final int SHARE_OF_HEAP = 8;

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    BodyMemory(TransportConfig config) {
        this.limit = config.bodyMemory()
                .map(memory -> memory.asLongValue())
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** Whether there is room for so many bytes more; {@link #give} must follow where there is. */
    boolean take(long bytes) {
        if (held.addAndGet(bytes) <= limit) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    /** Gives bytes back. */
    void give(long bytes) {
        held.addAndGet(-bytes);
    }
}
