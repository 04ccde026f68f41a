package dev.countersign.apply.plan;

import dev.countersign.apikey.ApiKey;
import dev.countersign.organization.Organization;
import dev.countersign.project.store.ConfiguredProject;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.team.Team;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds those stored rows of an organization that its declaration concerns, as read from the database.
 *
 * @param organization null where there is none
 * @param redirects the ids of projects by their former slugs
 * @param keys the client keys of the projects that declare keys or may be pruned
 * @param removed which declared keys were removed before
 */
public record StoredOrganization(
        @Nullable Organization organization,
        List<Stored<Team>> teams,
        List<Stored<ConfiguredProject>> projects,
        Map<String, Long> redirects,
        List<Link> links,
        List<Stored<ProjectKey>> keys,
        List<Stored<ApiKey>> apiKeys,
        Removed removed) {

    /** An organization that is not stored. */
    public static StoredOrganization none(Removed removed) {
        return new StoredOrganization(null, List.of(), List.of(), Map.of(), List.of(), List.of(), List.of(), removed);
    }

    /** Holds a stored link of a project with a team, and the owner that made it. */
    public record Link(
            long projectId, long teamId, @Nullable String owner) {}

    /**
     * Names removed keys.
     *
     * @param publicKeys of client keys
     * @param apiKeys SHA-256 of the texts of API keys, in hexadecimal digits
     */
    public record Removed(Set<String> publicKeys, Set<String> apiKeys) {}
}
