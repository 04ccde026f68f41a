package dev.countersign.project;

import dev.countersign.credential.Caller;
import dev.countersign.project.store.Project;
import io.smallrye.mutiny.Uni;

/** Has something to store with every new project, in the same transaction. */
public interface ProjectCreatedListener {

    /**
     * Called once the project has its id.
     *
     * @return to be run once the transaction is committed
     */
    Uni<Runnable> onProjectCreated(Caller creator, Project project);
}
