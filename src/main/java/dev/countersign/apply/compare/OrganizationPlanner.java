package dev.countersign.apply.compare;

import dev.countersign.apply.plan.ApplyPolicy;
import dev.countersign.apply.plan.Kind;
import dev.countersign.apply.plan.Plan;
import dev.countersign.apply.plan.Plan.Removal;
import dev.countersign.apply.plan.Step;
import dev.countersign.apply.plan.Stored;
import dev.countersign.apply.plan.StoredOrganization;
import dev.countersign.credential.Caller;
import dev.countersign.declaration.DeclaredOrganization;
import dev.countersign.declaration.DeclaredProject.TeamLink;
import dev.countersign.declaration.DeclaredTeam;
import dev.countersign.declaration.document.Faults;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.organization.Organization;
import dev.countersign.organization.OrganizationChange;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.ratelimit.DefaultRateLimits;
import dev.countersign.team.NewTeam;
import dev.countersign.team.Team;
import dev.countersign.team.TeamRepository;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares a declared organization with the stored one, and makes the plan of its changes.
 *
 * @param defaults chooses the rate limits of new client keys that declare none
 * @param faults collects declarations that the stored rows refuse
 */
public record OrganizationPlanner(ApplyPolicy policy, IngestHosts hosts, DefaultRateLimits defaults, Faults faults) {

    /** Plans the changes of one organization. The stored rows hold their new values afterwards. */
    public Plan plan(DeclaredOrganization declared, StoredOrganization stored) {
        Plan plan = new Plan();
        Organization organization = organization(declared, stored, plan);
        plan.organization = organization;
        Map<String, Team> teams = teams(declared, stored, plan);
        new ProjectPlanner(this, declared, stored, plan).plan(organization, teams);
        new ApiKeyPlanner(policy, faults, declared, stored, plan).planAll();
        return plan;
    }

    private Organization organization(DeclaredOrganization declared, StoredOrganization stored, Plan plan) {
        Comparison<Organization> comparison = new Comparison<>(
                OrganizationRepository.TABLE,
                faults,
                (members, row, caller) -> OrganizationChange.read(members, hosts)
                        .toRow(caller, row.ingest)
                        .applyTo(row),
                Map.of());
        Organization row = stored.organization();
        Comparison.checkSlug(declared.own(), declared.slug(), row == null ? null : row.slug, faults);
        if (row == null) {
            Organization made =
                    Organization.create(Comparison.caller(declared.own()), declared.slug(), declared.slug());
            comparison.set(declared.own(), made);
            plan.steps.add(Step.make(Kind.ORGANIZATION, declared.slug()));
            return made;
        }
        comparison.change(
                declared.own(), row, Kind.ORGANIZATION, declared.slug(), Set.of(), plan, plan.organizationChanges);
        return row;
    }

    /** Plans the teams; answers those that links may name, by slug. */
    private Map<String, Team> teams(DeclaredOrganization declared, StoredOrganization stored, Plan plan) {
        Comparison<Team> comparison = new Comparison<>(
                TeamRepository.TABLE,
                faults,
                (members, row, caller) ->
                        NewTeam.readChange(caller.name(), members).applyTo(row),
                Map.of());
        Map<String, Stored<Team>> bySlug = new LinkedHashMap<>();
        stored.teams().forEach(team -> bySlug.put(team.row().slug, team));
        Set<String> slugs =
                declared.teamsOrNone().stream().map(DeclaredTeam::slug).collect(Collectors.toSet());
        Set<Long> matched = new HashSet<>();
        Map<String, Team> byDeclaredSlug = new HashMap<>();
        for (DeclaredTeam team : declared.teamsOrNone()) {
            String path = declared.slug() + "/" + team.slug();
            Stored<Team> found = Comparison.find(team.slug(), team.formerly(), slugs, bySlug);
            Team row = found != null && matched.add(found.row().requireId()) ? found.row() : null;
            Comparison.checkSlug(team.own(), team.slug(), row == null ? null : row.slug, faults);
            if (row == null) {
                Caller caller = Comparison.caller(team.own());
                Team made = Team.create(caller, 0, team.slug(), team.slug());
                comparison.set(team.own(), made);
                plan.newTeams.add(made);
                plan.steps.add(Step.make(Kind.TEAM, path));
                byDeclaredSlug.put(team.slug(), made);
            } else {
                comparison.change(team.own(), row, Kind.TEAM, path, Set.of(), plan, plan.teamChanges);
                byDeclaredSlug.put(team.slug(), row);
            }
        }
        stored.teams().forEach(team -> byDeclaredSlug.putIfAbsent(team.row().slug, team.row()));
        if (policy.prune() && declared.teams() != null) {
            pruneTeams(declared, stored, matched, plan, byDeclaredSlug);
        }
        return byDeclaredSlug;
    }

    private void pruneTeams(
            DeclaredOrganization declared,
            StoredOrganization stored,
            Set<Long> matched,
            Plan plan,
            Map<String, Team> known) {
        Set<String> named = declared.projectsOrNone().stream()
                .flatMap(project -> project.teamsOrNone().stream())
                .map(TeamLink::team)
                .collect(Collectors.toSet());
        for (Stored<Team> team : stored.teams()) {
            long id = team.row().requireId();
            String slug = team.row().slug;
            if (!team.isOf(policy.owner()) || matched.contains(id) || named.contains(slug)) {
                continue;
            }
            boolean isShared = stored.links().stream()
                    .anyMatch(link -> link.teamId() == id && !policy.owner().equals(link.owner()));
            if (isShared) {
                faults.add(
                        declared.own().place("teams"),
                        "The team " + slug + " is declared no more, and has projects that somebody else added to it.");
            } else {
                known.remove(slug);
                plan.removals.add(new Removal(
                        Kind.TEAM, id, 0, Comparison.caller(declared.own()).name()));
                plan.steps.add(Step.remove(Kind.TEAM, declared.slug() + "/" + slug));
            }
        }
    }
}
