package dev.countersign.projectkey.store;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of a list are asked for.
 *
 * @param status {@code active} or {@code inactive}; empty means both, any other word none, as in Sentry
 * @param projects ids of the only projects that count, or null for all
 * @param team id of the only team whose projects count, or null for all
 * @param everyUseCase whether keys are shown that are not for users
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

    public KeyFilter in(@Nullable List<Long> projectIds) {
        return new KeyFilter(status, projectIds, team, everyUseCase);
    }

    public KeyFilter inTeam(@Nullable Long teamId) {
        return new KeyFilter(status, projects, teamId, everyUseCase);
    }

    /** Whether no key can match. */
    boolean matchesNothing() {
        boolean noProject = projects != null && projects.isEmpty();
        return noProject || !STATUSES.contains(status);
    }

    /** Whether active keys are asked for, where one status is. */
    boolean active() {
        return status.equals(ACTIVE);
    }
}
