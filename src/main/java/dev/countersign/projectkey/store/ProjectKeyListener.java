package dev.countersign.projectkey.store;

import dev.countersign.credential.Caller;

/**
 * Is told of each client key that is created, changed or removed, once that is stored. A bean that implements this interface
 * is found by itself.
 *
 * <p>The replica that served the request tells its own listeners, and calls them on an event loop: a listener must not
 * block. A listener that throws leaves the change and its answer as they are; the log says so. Not told: what changes
 * nothing, what plain SQL changes, and keys that go with their project or their organization.
 */
public interface ProjectKeyListener {

    /** A key was created: by a request of its own, or together with its project. */
    default void created(Caller caller, ProjectKey key) {}

    /** Something of a key was changed. */
    default void changed(Caller caller, ProjectKey key) {}

    /** A key was removed from a project. */
    default void removed(Caller caller, long projectId, String publicKey) {}
}
