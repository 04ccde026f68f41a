package dev.countersign.gate.known;

/**
 * Interface: is called with each client key that the gate reads into memory, and with the events of all replicas in the key's
 * running window.
 */
public interface KeyLoadListener {

    /**
     * A key was loaded, or was loaded anew because its row changed. Called on one event loop, before any request sees the
     * object.
     *
     * @param windowStartMillis when the window began, in milliseconds since 1970 by the clock of the database; 0 where
     *     none is stored
     * @param total the events counted in this window; 0 where none are stored
     */
    void loaded(KnownKey key, long windowStartMillis, long total);
}
