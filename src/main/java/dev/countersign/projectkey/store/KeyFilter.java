package dev.countersign.projectkey.store;

import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.QueryParameters;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the query parameters which client keys a list shows, and holds these conditions: status, rate limit, use, project,
 * team and use case.
 *
 * @param status {@code active} or {@code inactive}; empty means both, and any other word matches no key, as in Sentry
 * @param withoutRateLimit whether only keys without a rate limit match
 * @param unusedForDays matches only keys that were neither created nor seen by the gate in so many days, or null
 * @param projects the ids of the projects whose keys match, or null for all projects
 * @param team the id of the team whose projects' keys match, or null for all teams
 * @param everyUseCase whether keys match whose use case is not {@code user}
 */
public record KeyFilter(
        String status,
        boolean withoutRateLimit,
        @Nullable Integer unusedForDays,
        @Nullable List<Long> projects,
        @Nullable Long team,
        boolean everyUseCase) {

    /** The description of the query parameter {@code status} in the OpenAPI document. */
    public static final String STATUS_WORDS = "active or inactive; any other word matches nothing.";

    /** The description of the query parameter {@code rateLimit} in the OpenAPI document. */
    public static final String RATE_LIMIT_WORDS = "none: only keys without a rate limit. Once.";

    /** The values of the query parameter {@code rateLimit}. */
    public static final String RATE_LIMIT_PATTERN = "^none$";

    /** The description of the query parameter {@code unusedFor} in the OpenAPI document. */
    public static final String UNUSED_FOR_WORDS =
            "Days, such as 90d: only keys that are older and that no event used since. 409 where usage is counted for fewer days.";

    /** The values of the query parameter {@code unusedFor}. */
    public static final String UNUSED_FOR_PATTERN =
            "^0{0,9}([1-9][0-9]{0,3}|[12][0-9]{4}|3[0-5][0-9]{3}|36[0-4][0-9]{2}|36500)d$";

    private static final Pattern UNUSED_FOR = Pattern.compile(UNUSED_FOR_PATTERN);
    private static final String ACTIVE = "active";
    private static final Set<String> STATUSES = Set.of("", ACTIVE, "inactive");

    /**
     * Reads the query parameters that every list of keys takes: {@code status}, {@code rateLimit} and {@code unusedFor}.
     *
     * @throws ApiException.BadRequest where {@code rateLimit} is not {@code none}, {@code unusedFor} is not 1d to 36500d, or
     *     one of the two occurs twice
     */
    public static KeyFilter read(QueryParameters query, boolean everyUseCase) {
        String status = query.last("status");
        return new KeyFilter(
                status == null ? "" : status, withoutRateLimit(query), unusedForDays(query), null, null, everyUseCase);
    }

    public KeyFilter inProjects(@Nullable List<Long> projectIds) {
        return new KeyFilter(status, withoutRateLimit, unusedForDays, projectIds, team, everyUseCase);
    }

    public KeyFilter inTeam(@Nullable Long teamId) {
        return new KeyFilter(status, withoutRateLimit, unusedForDays, projects, teamId, everyUseCase);
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

    private static @Nullable Integer unusedForDays(QueryParameters query) {
        List<String> values = query.all("unusedFor");
        if (values.isEmpty()) {
            return null;
        }
        Matcher days = UNUSED_FOR.matcher(values.get(0));
        if (values.size() > 1 || !days.matches()) {
            throw new ApiException.BadRequest("Invalid unusedFor parameter.");
        }
        return Integer.valueOf(days.group(1));
    }
}
