package dev.countersign.projectkey.store;

import dev.countersign.credential.Caller;

/**
 * Interface: receives each client key that a request has created, changed or removed, after the change is stored. Every bean
 * that implements this interface is found automatically.
 *
 * <p>The replica that served the request calls only its own listeners, on an event loop: a listener must not block. An
 * exception from a listener is logged and does not affect the change or its answer. Listeners do not receive requests
 * that change nothing, changes by plain SQL, or keys that are removed with their project or organization. Where there is
 * a listener, a change runs to its end even if the client hangs up, so that no listener misses a stored change.
 */
public interface ProjectKeyListener {

    /** A request created a key, alone or together with its project. */
    default void created(Caller caller, ProjectKey key) {}

    /** A request changed a key. */
    default void changed(Caller caller, ProjectKey key) {}

    /** A request removed a key from a project. */
    default void removed(Caller caller, long projectId, String publicKey) {}
}
