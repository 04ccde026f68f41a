package dev.countersign.gate.known;

import jakarta.inject.Singleton;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client keys that the gate knows. */
@Singleton
public class KnownKeys {

    /** A key that is in memory and true at this moment; null for every other. Any thread may call, and nothing waits. */
    public @Nullable KnownKey now(String publicKey) {
        return null;
    }

    /**
     * Finds a key in memory or in the database.
     *
     * @param then is called exactly once, on the caller's Vert.x context, within 100 ms
     */
    public void find(String publicKey, Consumer<Lookup> then) {
        then.accept(new Lookup.Unavailable());
    }

    /** Whether the keys to know at the start are in memory; true without a gate. */
    public boolean isLoaded() {
        return true;
    }
}
