package dev.countersign.projectkey.store;

import dev.countersign.postgres.row.UncancellableWork;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Tells every {@link ProjectKeyListener} of a change of client keys. Without a listener a change costs nothing more. */
@Singleton
public class ProjectKeyListeners {

    private static final Logger LOG = Logger.getLogger(ProjectKeyListeners.class);

    private final List<ProjectKeyListener> listeners;

    ProjectKeyListeners(@All List<ProjectKeyListener> listeners) {
        this.listeners = listeners;
    }

    /** Notifies listeners after a change is stored, even where the client disconnects before. */
    public <T> Uni<T> notifyAfter(Uni<T> stored, BiConsumer<ProjectKeyListener, T> event) {
        return listeners.isEmpty()
                ? stored
                : UncancellableWork.run(
                        stored.onItem().ifNotNull().invoke(item -> notify(listener -> event.accept(listener, item))));
    }

    /** Calls every listener, even where another one throws. */
    void notify(Consumer<ProjectKeyListener> event) {
        for (ProjectKeyListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.errorf(e, "The listener %s failed for a change of a client key", listener.getClass());
            }
        }
    }
}
