package dev.countersign.apply.compare;

import dev.countersign.apply.plan.Kind;
import dev.countersign.apply.plan.Plan;
import dev.countersign.apply.plan.Plan.FormerSlug;
import dev.countersign.apply.plan.Plan.NewLink;
import dev.countersign.apply.plan.Plan.NewProject;
import dev.countersign.apply.plan.Plan.Removal;
import dev.countersign.apply.plan.Step;
import dev.countersign.apply.plan.Stored;
import dev.countersign.apply.plan.StoredOrganization;
import dev.countersign.declaration.DeclaredOrganization;
import dev.countersign.declaration.DeclaredProject;
import dev.countersign.declaration.DeclaredProject.TeamLink;
import dev.countersign.organization.Organization;
import dev.countersign.project.setting.ProjectChange;
import dev.countersign.project.store.ConfiguredProject;
import dev.countersign.project.store.ProjectReference;
import dev.countersign.project.store.ProjectTable;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.ratelimit.RateLimit;
import dev.countersign.team.Team;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the declared projects of an organization with the stored ones, with their teams and client keys, and adds the
 * changes to a plan.
 */
final class ProjectPlanner {

    private final OrganizationPlanner planner;
    private final DeclaredOrganization declared;
    private final StoredOrganization stored;
    private final Plan plan;
    private final Set<Long> matched = new HashSet<>();
    private final Set<String> slugs;
    private final Map<String, Stored<ConfiguredProject>> bySlug = new HashMap<>();
    private final Map<Long, String> slugById = new HashMap<>();
    private final Map<Long, String> slugOfTeam = new HashMap<>();

    ProjectPlanner(OrganizationPlanner planner, DeclaredOrganization declared, StoredOrganization stored, Plan plan) {
        this.planner = planner;
        this.declared = declared;
        this.stored = stored;
        this.plan = plan;
        this.slugs =
                declared.projectsOrNone().stream().map(DeclaredProject::slug).collect(Collectors.toSet());
        stored.projects().forEach(found -> {
            bySlug.put(found.row().slug, found);
            slugById.put(found.row().requireId(), found.row().slug);
        });
        stored.teams().forEach(team -> slugOfTeam.put(team.row().requireId(), team.row().slug));
    }

    /**
     * Plans all projects.
     *
     * @param teams the teams that projects may name, by slug
     */
    void plan(Organization organization, Map<String, Team> teams) {
        Map<Long, List<Stored<ProjectKey>>> keys =
                stored.keys().stream().collect(Collectors.groupingBy(key -> key.row().projectId));
        Map<Long, Set<Long>> links = new HashMap<>();
        stored.links().forEach(link -> links.computeIfAbsent(link.projectId(), first -> new HashSet<>())
                .add(link.teamId()));
        for (DeclaredProject project : declared.projectsOrNone()) {
            ConfiguredProject row = project(project);
            Long id = row.id;
            boolean isStored = id != null && matched.contains(id);
            link(project, row, isStored ? links.getOrDefault(id, Set.of()) : Set.of(), teams);
            new KeyPlanner(planner, stored, plan, project, row, reference(organization, row))
                    .planAll(isStored ? keys.getOrDefault(id, List.of()) : null);
        }
        if (planner.policy().prune() && declared.projects() != null) {
            prune(keys);
        }
    }

    private ConfiguredProject project(DeclaredProject project) {
        Comparison<ConfiguredProject> comparison = new Comparison<>(
                ProjectTable.TABLE,
                planner.faults(),
                (members, row, caller) ->
                        ProjectChange.read(members, planner.hosts()).apply(row, caller),
                Map.of());
        ConfiguredProject row = find(project);
        Comparison.checkSlug(project.own(), project.slug(), row == null ? null : row.slug, planner.faults());
        if (row == null) {
            ConfiguredProject made = ProjectTable.create(Comparison.caller(project.own()), project.slug());
            made.id = project.id();
            comparison.set(project.own(), made);
            plan.newProjects.add(new NewProject(made, project.own().place("id")));
            plan.steps.add(Step.make(Kind.PROJECT, path(project.slug())));
            return made;
        }
        String slug = row.slug;
        if (project.id() != null && project.id() != row.requireId()) {
            planner.faults()
                    .add(
                            project.own().place("id"),
                            "The project " + slug + " is stored with the id " + row.requireId() + ".");
        }
        comparison.change(project.own(), row, Kind.PROJECT, path(project.slug()), Set.of(), plan, plan.projectChanges);
        if (!slug.equals(row.slug)) {
            plan.formerSlugs.add(new FormerSlug(row, slug));
        }
        return row;
    }

    /** Finds the stored project: by its slug, by a redirect from its slug, or by a former slug. */
    private @Nullable ConfiguredProject find(DeclaredProject project) {
        Stored<ConfiguredProject> found = bySlug.get(project.slug());
        Long redirected = stored.redirects().get(project.slug());
        if (found == null && redirected != null && !slugs.contains(String.valueOf(slugById.get(redirected)))) {
            found = bySlug.get(slugById.get(redirected));
        }
        if (found == null) {
            found = Comparison.find(project.slug(), project.formerly(), slugs, bySlug);
        }
        return found == null || !matched.add(found.row().requireId()) ? null : found.row();
    }

    /** Plans the links with teams that the project is not in yet, and removes links that are declared no more. */
    private void link(DeclaredProject project, ConfiguredProject row, Set<Long> linked, Map<String, Team> teams) {
        if (project.teams() == null) {
            return;
        }
        String actor = Comparison.caller(project.own()).name();
        Set<Long> wanted = new HashSet<>();
        for (TeamLink link : project.teams()) {
            Team team = teams.get(link.team());
            if (team == null) {
                planner.faults()
                        .add(link.place(), "The organization " + declared.slug() + " has no team " + link.team() + ".");
            } else if (team.id == null || !linked.contains(team.id)) {
                plan.newLinks.add(new NewLink(row, team, actor));
                plan.steps.add(Step.make(Kind.TEAM_LINK, path(project.slug()) + "/" + link.team()));
            } else {
                wanted.add(team.id);
            }
        }
        if (planner.policy().prune() && row.id != null) {
            for (StoredOrganization.Link link : stored.links()) {
                boolean isOwn = planner.policy().owner().equals(link.owner());
                if (link.projectId() == row.id && isOwn && !wanted.contains(link.teamId())) {
                    plan.removals.add(new Removal(Kind.TEAM_LINK, row.id, link.teamId(), actor));
                    plan.steps.add(
                            Step.remove(Kind.TEAM_LINK, path(project.slug()) + "/" + slugOfTeam.get(link.teamId())));
                }
            }
        }
    }

    /** Removes projects of this owner that are declared no more, unless they hold what somebody else made. */
    private void prune(Map<Long, List<Stored<ProjectKey>>> keys) {
        String owner = planner.policy().owner();
        for (Stored<ConfiguredProject> project : stored.projects()) {
            long id = project.row().requireId();
            if (!project.isOf(owner) || matched.contains(id)) {
                continue;
            }
            String slug = project.row().slug;
            boolean isShared = keys.getOrDefault(id, List.of()).stream().anyMatch(key -> !key.isOf(owner))
                    || stored.links().stream().anyMatch(link -> link.projectId() == id && !owner.equals(link.owner()));
            if (isShared) {
                planner.faults()
                        .add(
                                declared.own().place("projects"),
                                "The project " + slug
                                        + " is declared no more, and has client keys or teams that somebody else added.");
            } else {
                plan.removals.add(new Removal(
                        Kind.PROJECT, id, 0, Comparison.caller(declared.own()).name()));
                plan.steps.add(Step.remove(Kind.PROJECT, path(slug)));
            }
        }
    }

    /** What new client keys need of a project. The ids are those of rows that the plan makes, or unknown yet. */
    private ProjectReference reference(Organization organization, ConfiguredProject row) {
        RateLimit own = row.defaultRateLimit();
        return new ProjectReference(
                row.id == null ? 0 : row.id,
                organization.id == null ? 0 : organization.id,
                row.slug,
                declared.slug(),
                row.ingest,
                planner.defaults().forNewKey(own != null ? own : organization.defaultRateLimit()));
    }

    private String path(String slug) {
        return declared.slug() + "/" + slug;
    }
}
