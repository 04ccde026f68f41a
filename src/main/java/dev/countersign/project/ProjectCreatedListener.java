package dev.countersign.project;

import dev.countersign.credential.Caller;
import dev.countersign.project.store.Project;
import io.smallrye.mutiny.Uni;

/** Interface: is called in the transaction that creates a project, to store further rows such as the first client key. */
public interface ProjectCreatedListener {

    /**
     * Called after the project's row has an id and before the transaction commits.
     *
     * @return the work to run after the commit
     */
    Uni<Runnable> onProjectCreated(Caller creator, Project project);
}
