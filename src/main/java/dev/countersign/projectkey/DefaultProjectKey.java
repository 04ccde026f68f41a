package dev.countersign.projectkey;

import dev.countersign.credential.Caller;
import dev.countersign.organization.Organization;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.project.ProjectCreatedListener;
import dev.countersign.project.store.Project;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.projectkey.store.ProjectKeyRepository;
import dev.countersign.ratelimit.DefaultRateLimits;
import dev.countersign.ratelimit.RateLimit;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds a client key named Default to every new project, in the transaction that creates the project. Clients look for exactly
 * this name. A new project has no default rate limit of its own, so the key gets that of the organization.
 */
@ApplicationScoped
public class DefaultProjectKey implements ProjectCreatedListener {

    /** The name of the first client key of a project. */
    public static final String LABEL = "Default";

    private final OrganizationRepository organizations;
    private final DefaultRateLimits defaultRateLimits;
    private final ProjectKeyRepository keys;

    DefaultProjectKey(
            OrganizationRepository organizations, DefaultRateLimits defaultRateLimits, ProjectKeyRepository keys) {
        this.organizations = organizations;
        this.defaultRateLimits = defaultRateLimits;
        this.keys = keys;
    }

    @Override
    public Uni<Runnable> onProjectCreated(Caller creator, Project project) {
        return organizations.listByIds(List.of(project.organizationId)).flatMap(found -> {
            RateLimit limit = defaultRateLimits.forNewKey(stored(found, project));
            return keys.addInTransaction(
                    creator, ProjectKey.createFirst(creator, project, KeyIdentity.withLabel(LABEL), limit));
        });
    }

    private static @Nullable RateLimit stored(Map<Long, Organization> found, Project project) {
        Organization owner = found.get(project.organizationId);
        return owner == null ? null : owner.defaultRateLimit();
    }
}
