package dev.countersign.projectkey;

import dev.countersign.credential.Caller;
import dev.countersign.project.ProjectCreatedListener;
import dev.countersign.project.store.Project;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.projectkey.store.ProjectKeyRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Adds a client key named Default to every new project. Clients look for exactly this name. */
@ApplicationScoped
public class DefaultProjectKey implements ProjectCreatedListener {

    private static final String LABEL = "Default";

    private final ProjectKeyRepository keys;

    DefaultProjectKey(ProjectKeyRepository keys) {
        this.keys = keys;
    }

    @Override
    public Uni<Runnable> onProjectCreated(Caller creator, Project project) {
        return keys.addInTransaction(creator, ProjectKey.createFirst(creator, project, KeyIdentity.withLabel(LABEL)));
    }
}
