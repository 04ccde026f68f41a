package dev.countersign.apply.store;

import dev.countersign.apikey.ApiKeyTable;
import dev.countersign.apply.plan.Kind;
import dev.countersign.apply.plan.Plan;
import dev.countersign.apply.plan.Plan.NewKey;
import dev.countersign.apply.plan.Plan.NewLink;
import dev.countersign.apply.plan.Plan.NewProject;
import dev.countersign.apply.plan.Plan.Removal;
import dev.countersign.organization.Organization;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.postgres.batch.BatchConnection;
import dev.countersign.postgres.batch.BatchConnection.Change;
import dev.countersign.postgres.table.StoredRow;
import dev.countersign.project.store.ConfiguredProject;
import dev.countersign.project.store.ProjectTable;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.projectkey.store.ProjectKeyTable;
import dev.countersign.team.TeamRepository;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Locks the rows of a plan in the database, and writes the plan in the transaction that the caller has opened.
 *
 * @param owner the owner of the rows that are made
 */
public record PlanRepository(BatchConnection database, String owner) {

    private static final String OWNER = "apply_owner";
    private static final List<Kind> REMOVAL_ORDER =
            List.of(Kind.TEAM_LINK, Kind.KEY, Kind.API_KEY, Kind.PROJECT, Kind.TEAM);

    /** Takes a lock for an organization until the transaction ends, so that two runs do not make it both. */
    public void lockOrganization(String slug) throws SQLException {
        database.query("select cast(pg_advisory_xact_lock(hashtextextended(?, 0)) as text)", "apply:" + slug);
    }

    /**
     * Locks the rows that a plan changes or removes, until the transaction ends.
     *
     * @param locked names the rows that are locked already; those that are locked now are added
     * @return whether a row was locked that was not before
     */
    public boolean lock(Plan plan, Set<String> locked) throws SQLException {
        boolean more = lock("organization", ids(plan.organizationChanges), locked);
        more |= lock("team", ids(plan.teamChanges, plan, Kind.TEAM), locked);
        more |= lock("project", ids(plan.projectChanges, plan, Kind.PROJECT), locked);
        more |= lock("project_key", ids(plan.keyChanges, plan, Kind.KEY), locked);
        return lock("api_key", ids(plan.apiKeyChanges, plan, Kind.API_KEY), locked) || more;
    }

    private boolean lock(String table, Stream<Long> wanted, Set<String> locked) throws SQLException {
        Long[] ids = wanted.filter(id -> locked.add(table + ":" + id)).sorted().toArray(Long[]::new);
        if (ids.length > 0) {
            database.query("select id from " + table + " where id = any(?) order by id for update", (Object) ids);
        }
        return ids.length > 0;
    }

    private static <T extends StoredRow> Stream<Long> ids(List<Change<T>> changes) {
        return changes.stream().map(change -> change.row().requireId());
    }

    private static <T extends StoredRow> Stream<Long> ids(List<Change<T>> changes, Plan plan, Kind kind) {
        return Stream.concat(
                ids(changes),
                plan.removals.stream().filter(removal -> removal.kind() == kind).map(Removal::id));
    }

    /** Writes a plan. */
    public void write(Plan plan) throws SQLException {
        Organization organization = Objects.requireNonNull(plan.organization);
        if (organization.id == null) {
            database.insert(OrganizationRepository.TABLE, List.of(organization), OWNER, owner);
        }
        change(plan);
        make(plan, organization.requireId());
        List<Removal> removals = new ArrayList<>(plan.removals);
        removals.sort(java.util.Comparator.comparingInt(removal -> REMOVAL_ORDER.indexOf(removal.kind())));
        for (Removal removal : removals) {
            remove(removal);
        }
    }

    private void change(Plan plan) throws SQLException {
        database.update(OrganizationRepository.TABLE, plan.organizationChanges);
        database.update(TeamRepository.TABLE, plan.teamChanges);
        database.update(ProjectTable.TABLE, plan.projectChanges);
        database.update(ProjectKeyTable.TABLE, plan.keyChanges);
        database.update(ApiKeyTable.TABLE, plan.apiKeyChanges);
        database.executeAll(
                "insert into project_redirect (organization_id, slug, project_id) values (?, ?, ?)"
                        + " on conflict (organization_id, slug) do update set project_id = excluded.project_id",
                plan.formerSlugs.stream()
                        .map(former -> new Object[] {
                            former.project().organizationId,
                            former.slug(),
                            former.project().requireId()
                        })
                        .toList());
    }

    private void make(Plan plan, long organization) throws SQLException {
        plan.newTeams.forEach(team -> team.organizationId = organization);
        database.insert(TeamRepository.TABLE, plan.newTeams, OWNER, owner);
        List<ConfiguredProject> projects =
                plan.newProjects.stream().map(NewProject::project).toList();
        projects.forEach(project -> project.organizationId = organization);
        database.insert(ProjectTable.TABLE, projects, OWNER, owner);
        makeLinks(plan.newLinks);
        List<ProjectKey> keys = plan.newKeys.stream().map(NewKey::key).toList();
        for (NewKey made : plan.newKeys) {
            made.key().organizationId = organization;
            made.key().projectId = made.project().requireId();
        }
        database.insert(ProjectKeyTable.TABLE, keys, OWNER, owner);
        plan.newApiKeys.forEach(key -> key.organizationId = organization);
        database.insert(ApiKeyTable.TABLE, plan.newApiKeys, OWNER, owner);
    }

    private void makeLinks(List<NewLink> links) throws SQLException {
        Map<String, List<NewLink>> byActor =
                links.stream().collect(Collectors.groupingBy(NewLink::actor, LinkedHashMap::new, Collectors.toList()));
        for (var group : byActor.entrySet()) {
            name(group.getKey(), "");
            database.executeAll(
                    "insert into project_team (project_id, team_id, " + OWNER
                            + ") values (?, ?, ?) on conflict (project_id, team_id) do nothing",
                    group.getValue().stream()
                            .map(link -> new Object[] {
                                link.project().requireId(), Objects.requireNonNull(link.team().id), owner
                            })
                            .toList());
        }
    }

    private void remove(Removal removal) throws SQLException {
        switch (removal.kind()) {
            case TEAM_LINK -> {
                name(removal.actor(), "");
                database.execute(
                        "delete from project_team where project_id = ? and team_id = ?",
                        removal.id(),
                        removal.teamId());
            }
            case KEY -> remove(removal, "project_key", "");
            case API_KEY -> remove(removal, "api_key", "");
            case PROJECT -> remove(removal, "project", "project:" + removal.id());
            case TEAM -> remove(removal, "team", "team:" + removal.id());
            case ORGANIZATION -> throw new IllegalStateException("no organization is removed");
        }
    }

    private void remove(Removal removal, String table, String owning) throws SQLException {
        name(removal.actor(), owning);
        database.execute("delete from " + table + " where id = ?", removal.id());
    }

    /** Tells the triggers of the audit log who writes, and which row goes with all that belongs to it. */
    private void name(String actor, String removing) throws SQLException {
        database.query(
                "select set_config('countersign.actor', ?, true), set_config('countersign.removing', ?, true)",
                actor,
                removing);
    }
}
