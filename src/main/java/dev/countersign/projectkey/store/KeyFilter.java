package dev.countersign.projectkey.store;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects which client keys a list shows: by status, project, team and use case.
 *
 * @param status {@code active} or {@code inactive}; empty means both, and any other word matches no key, as in Sentry
 * @param projects the ids of the projects whose keys match, or null for all projects
 * @param team the id of the team whose projects' keys match, or null for all teams
 * @param everyUseCase whether keys match whose use case is not {@code user}
 */
public record KeyFilter(
        String status,
        @Nullable List<Long> projects,
        @Nullable Long team,
        boolean everyUseCase) {

    private static final String ACTIVE = "active";
    private static final Set<String> STATUSES = Set.of("", ACTIVE, "inactive");

    public static KeyFilter of(@Nullable String status, boolean everyUseCase) {
        return new KeyFilter(status == null ? "" : status, null, null, everyUseCase);
    }

    public KeyFilter inProjects(@Nullable List<Long> projectIds) {
        return new KeyFilter(status, projectIds, team, everyUseCase);
    }

    public KeyFilter inTeam(@Nullable Long teamId) {
        return new KeyFilter(status, projects, teamId, everyUseCase);
    }

    /** Whether the filter can match no key. */
    public boolean matchesNothing() {
        boolean noProject = projects != null && projects.isEmpty();
        return noProject || !STATUSES.contains(status);
    }

    /** Whether the status is {@code active}; meaningful only where {@link #status} is not empty. */
    boolean active() {
        return status.equals(ACTIVE);
    }
}
