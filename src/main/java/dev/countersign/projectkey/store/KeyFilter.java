package dev.countersign.projectkey.store;

import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.QueryParameters;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects which client keys a list shows: by status, rate limit, project, team and use case.
 *
 * @param status {@code active} or {@code inactive}; empty means both, and any other word matches no key, as in Sentry
 * @param withoutRateLimit whether only keys without a rate limit match
 * @param projects the ids of the projects whose keys match, or null for all projects
 * @param team the id of the team whose projects' keys match, or null for all teams
 * @param everyUseCase whether keys match whose use case is not {@code user}
 */
public record KeyFilter(
        String status,
        boolean withoutRateLimit,
        @Nullable List<Long> projects,
        @Nullable Long team,
        boolean everyUseCase) {

    /** The description of the query parameter {@code status} in the OpenAPI document. */
    public static final String STATUS_WORDS = "active or inactive; any other word matches nothing.";

    /** The description of the query parameter {@code rateLimit} in the OpenAPI document. */
    public static final String RATE_LIMIT_WORDS = "none: only keys without a rate limit. Once.";

    /** The values of the query parameter {@code rateLimit}. */
    public static final String RATE_LIMIT_PATTERN = "^none$";

    private static final String ACTIVE = "active";
    private static final Set<String> STATUSES = Set.of("", ACTIVE, "inactive");

    /**
     * Reads the query parameters that every list of keys takes: {@code status} and {@code rateLimit}.
     *
     * @throws ApiException.BadRequest where {@code rateLimit} is not {@code none}, or occurs twice
     */
    public static KeyFilter read(QueryParameters query, boolean everyUseCase) {
        String status = query.last("status");
        return new KeyFilter(status == null ? "" : status, withoutRateLimit(query), null, null, everyUseCase);
    }

    public KeyFilter inProjects(@Nullable List<Long> projectIds) {
        return new KeyFilter(status, withoutRateLimit, projectIds, team, everyUseCase);
    }

    public KeyFilter inTeam(@Nullable Long teamId) {
        return new KeyFilter(status, withoutRateLimit, projects, teamId, everyUseCase);
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

    private static boolean withoutRateLimit(QueryParameters query) {
        List<String> values = query.all("rateLimit");
        if (!values.isEmpty() && !values.equals(List.of("none"))) {
            throw new ApiException.BadRequest("Invalid rateLimit parameter.");
        }
        return !values.isEmpty();
    }
}
