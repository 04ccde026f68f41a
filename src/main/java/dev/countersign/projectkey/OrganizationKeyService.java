package dev.countersign.projectkey;

import dev.countersign.credential.Caller;
import dev.countersign.ingest.DsnChoice;
import dev.countersign.organization.Organization;
import dev.countersign.projectkey.store.KeyFilter;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.team.TeamRepository;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import dev.countersign.web.paging.QueryParameters;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists those client keys of an organization that a request selects by project, team and other query parameters. */
@ApplicationScoped
public class OrganizationKeyService {

    private static final long EVERY_PROJECT = -1;
    private static final String EVERY_SLUG = "$all";
    private static final int MAX_PROJECTS = 1000;

    private final KeyProjectRepository projects;
    private final TeamRepository teams;
    private final OrganizationKeyRepository keys;

    OrganizationKeyService(KeyProjectRepository projects, TeamRepository teams, OrganizationKeyRepository keys) {
        this.projects = projects;
        this.teams = teams;
        this.keys = keys;
    }

    /**
     * Reads a page of an organization's keys, newest first. A request that names no project means all projects, because
     * a credential is a member of every team.
     *
     * @param query {@code status}, {@code rateLimit}, {@code team} (id or slug), {@code project} (ids) and {@code projectSlug}
     * @throws ApiException.BadRequest where {@code rateLimit} has another value than {@code none}
     * @throws ApiException.Forbidden where the request names a project that the organization does not have
     */
    Uni<Page<ProjectKey>> list(Caller caller, long organizationId, QueryParameters query, PageRequest request) {
        List<Long> ids =
                query.all("project").stream().map(OrganizationKeyService::id).toList();
        List<String> slugs = query.all("projectSlug").stream()
                .filter(slug -> !slug.isEmpty())
                .toList();
        KeyFilter filter = KeyFilter.read(query, caller.isOperator());
        return teamId(organizationId, query.last("team"))
                .flatMap(team -> projectIds(organizationId, ids, slugs)
                        .map(projectIds -> filter.inTeam(team.orElse(null)).inProjects(projectIds.orElse(null))))
                .flatMap(narrowed -> keys.list(organizationId, narrowed, request));
    }

    /**
     * Finds the names of the ingest hosts that are stored for the projects of keys, by the id of the project. Reads the
     * projects only where the names make a difference.
     */
    Uni<Map<Long, String>> ingests(Organization organization, List<ProjectKey> found, DsnChoice dsns) {
        Set<Long> ids = found.stream().map(key -> key.projectId).collect(Collectors.toSet());
        if (ids.isEmpty() || !dsns.dependsOnStored()) {
            return Uni.createFrom().item(Map.of());
        }
        return projects.ingestsById(ids).map(ofProjects -> {
            Map<Long, String> names = new HashMap<>();
            if (organization.ingest != null) {
                ids.forEach(id -> names.put(id, organization.ingest));
            }
            names.putAll(ofProjects);
            return names;
        });
    }

    private Uni<Optional<Long>> teamId(long organizationId, @Nullable String team) {
        if (team == null || team.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return teams.find(organizationId, IdOrSlug.fromString(team))
                .onItem()
                .ifNull()
                .failWith(() -> new ApiException.NotFound("Team not found"))
                .map(found -> Optional.of(found.requireId()));
    }

    private Uni<Optional<List<Long>>> projectIds(long organizationId, List<Long> ids, List<String> slugs) {
        boolean noneNamed = ids.isEmpty() && slugs.isEmpty();
        if (noneNamed || ids.contains(EVERY_PROJECT) || slugs.contains(EVERY_SLUG)) {
            return Uni.createFrom().item(Optional.empty());
        }
        if (ids.size() + slugs.size() > MAX_PROJECTS) {
            throw new ApiException.BadRequest("At most " + MAX_PROJECTS + " projects are accepted.");
        }
        if (!slugs.stream().allMatch(OrganizationKeyService::canBeSlug)) {
            throw new ApiException.Forbidden();
        }
        return projects.slugsById(organizationId, Set.copyOf(ids), Set.copyOf(slugs))
                .map(found -> {
                    if (!found.keySet().containsAll(ids) || !found.values().containsAll(slugs)) {
                        throw new ApiException.Forbidden();
                    }
                    return Optional.of(List.copyOf(found.keySet()));
                });
    }

    private static boolean canBeSlug(String text) {
        return IdOrSlug.fromString(text).slug() != null;
    }

    private static Long id(String text) {
        if (!text.matches("-?[0-9]{1,18}")) {
            throw new ApiException.BadRequest("Invalid project parameter. Values must be numbers.");
        }
        return Long.valueOf(text);
    }
}
