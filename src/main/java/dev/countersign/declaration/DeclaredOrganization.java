package dev.countersign.declaration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what all documents of a run declare of one organization.
 *
 * @param own the organization's own members
 * @param slug identifies the organization
 * @param formerly earlier slugs: an organization that still has one of them is renamed
 * @param teams its teams, or null where no document has the list
 * @param projects its projects, or null where no document has the list
 * @param apiKeys its API keys, or null where no document has the list
 */
public record DeclaredOrganization(
        Declared own,
        String slug,
        List<String> formerly,
        @Nullable List<DeclaredTeam> teams,
        @Nullable List<DeclaredProject> projects,
        @Nullable List<DeclaredApiKey> apiKeys) {

    /** The declared teams; none where no document has the list. */
    public List<DeclaredTeam> teamsOrNone() {
        return teams == null ? List.of() : teams;
    }

    /** The declared projects; none where no document has the list. */
    public List<DeclaredProject> projectsOrNone() {
        return projects == null ? List.of() : projects;
    }

    /** The declared API keys; none where no document has the list. */
    public List<DeclaredApiKey> apiKeysOrNone() {
        return apiKeys == null ? List.of() : apiKeys;
    }
}
