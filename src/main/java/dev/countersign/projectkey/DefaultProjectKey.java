package dev.countersign.projectkey;

import dev.countersign.auth.Caller;
import dev.countersign.project.Project;
import dev.countersign.project.ProjectCreatedListener;
import dev.countersign.project.ProjectReference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Gives every new project a key named exactly "Default", which clients look for. */
@ApplicationScoped
public class DefaultProjectKey implements ProjectCreatedListener {

    private static final String LABEL = "Default";

    private final ProjectKeyRepository keys;

    DefaultProjectKey(ProjectKeyRepository keys) {
        this.keys = keys;
    }

    @Override
    public Uni<Void> onProjectCreated(Caller creator, Project project) {
        ProjectReference reference = new ProjectReference(project.requireId(), project.organizationId);
        return keys.persistAndFlush(ProjectKey.create(creator, reference, KeyIdentity.labelled(LABEL)))
                .replaceWithVoid();
    }
}
