package dev.countersign.apply.store;

import dev.countersign.apikey.ApiKeyTable;
import dev.countersign.apply.plan.ApplyPolicy;
import dev.countersign.apply.plan.Stored;
import dev.countersign.apply.plan.StoredOrganization;
import dev.countersign.apply.plan.StoredOrganization.Link;
import dev.countersign.apply.plan.StoredOrganization.Removed;
import dev.countersign.declaration.DeclaredApiKey;
import dev.countersign.declaration.DeclaredKey;
import dev.countersign.declaration.DeclaredOrganization;
import dev.countersign.declaration.DeclaredProject;
import dev.countersign.organization.Organization;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.postgres.batch.BatchConnection;
import dev.countersign.postgres.table.Condition;
import dev.countersign.postgres.table.Table;
import dev.countersign.project.store.ConfiguredProject;
import dev.countersign.project.store.ProjectTable;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.projectkey.store.ProjectKeyTable;
import dev.countersign.team.Team;
import dev.countersign.team.TeamRepository;
import io.vertx.sqlclient.Row;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the database the stored rows of declared organizations.
 *
 * @param declaredSlugs the slugs of all declared organizations: none of them is a former slug of another one
 */
public record StoredOrganizationRepository(BatchConnection database, ApplyPolicy policy, Set<String> declaredSlugs) {

    private static final String OWNER = "apply_owner";

    /** Reads what is stored of an organization. */
    public StoredOrganization load(DeclaredOrganization declared) throws SQLException {
        Organization organization = organization(declared);
        if (organization == null) {
            return StoredOrganization.none(removed(declared));
        }
        long id = organization.requireId();
        List<Stored<Team>> teams = rows(TeamRepository.TABLE, ofOrganization(id));
        List<Stored<ConfiguredProject>> projects = projects(declared, id);
        return new StoredOrganization(
                organization,
                teams,
                projects,
                redirects(declared, id),
                links(teams, projects),
                keys(declared, projects),
                declared.apiKeys() == null ? List.of() : rows(ApiKeyTable.TABLE, ofOrganization(id)),
                removed(declared));
    }

    private @Nullable Organization organization(DeclaredOrganization declared) throws SQLException {
        List<String> slugs = Stream.concat(
                        Stream.of(declared.slug()),
                        declared.formerly().stream().filter(former -> !declaredSlugs.contains(former)))
                .toList();
        Map<String, Organization> found = new HashMap<>();
        for (Stored<Organization> row : rows(
                OrganizationRepository.TABLE,
                parameters -> "slug = any(" + parameters.add(slugs.toArray(new String[0])) + ")")) {
            found.put(row.row().slug, row.row());
        }
        return slugs.stream()
                .filter(found::containsKey)
                .map(found::get)
                .findFirst()
                .orElse(null);
    }

    private List<Stored<ConfiguredProject>> projects(DeclaredOrganization declared, long id) throws SQLException {
        String[] slugs = declared.projectsOrNone().stream()
                .flatMap(project -> Stream.concat(Stream.of(project.slug()), project.formerly().stream()))
                .toArray(String[]::new);
        boolean prunes = policy.prune() && declared.projects() != null;
        return rows(
                ProjectTable.TABLE,
                parameters -> "organization_id = " + parameters.add(id) + " and (slug = any(" + parameters.add(slugs)
                        + ") or id in (select project_id from project_redirect where organization_id = "
                        + parameters.add(id) + " and slug = any(" + parameters.add(slugs) + "))"
                        + (prunes ? " or " + OWNER + " = " + parameters.add(policy.owner()) : "") + ") order by id");
    }

    private Map<String, Long> redirects(DeclaredOrganization declared, long id) throws SQLException {
        String[] slugs =
                declared.projectsOrNone().stream().map(DeclaredProject::slug).toArray(String[]::new);
        Map<String, Long> redirects = new HashMap<>();
        for (Row row : database.query(
                "select slug, project_id from project_redirect where organization_id = ? and slug = any(?)",
                id,
                slugs)) {
            redirects.put(row.getString(0), row.getLong(1));
        }
        return redirects;
    }

    private List<Link> links(List<Stored<Team>> teams, List<Stored<ConfiguredProject>> projects) throws SQLException {
        Long[] projectIds =
                projects.stream().map(project -> project.row().requireId()).toArray(Long[]::new);
        Long[] teamIds = teams.stream()
                .filter(team -> policy.prune() && policy.owner().equals(team.owner()))
                .map(team -> team.row().requireId())
                .toArray(Long[]::new);
        return database
                .query(
                        "select project_id, team_id, " + OWNER
                                + " from project_team where project_id = any(?) or team_id = any(?)",
                        projectIds,
                        teamIds)
                .stream()
                .map(row -> new Link(row.getLong(0), row.getLong(1), row.getString(2)))
                .toList();
    }

    /** The client keys of the projects, without those of projects whose keys are not managed. */
    private List<Stored<ProjectKey>> keys(DeclaredOrganization declared, List<Stored<ConfiguredProject>> projects)
            throws SQLException {
        Set<String> unmanaged = declared.projectsOrNone().stream()
                .filter(project -> project.keys() == null)
                .map(DeclaredProject::slug)
                .collect(Collectors.toSet());
        Long[] ids = projects.stream()
                .filter(project -> !unmanaged.contains(project.row().slug))
                .map(project -> project.row().requireId())
                .toArray(Long[]::new);
        return rows(ProjectKeyTable.TABLE, parameters -> "project_id = any(" + parameters.add(ids) + ") order by id");
    }

    /** The declared keys that were removed, read last: one that is removed meanwhile is then among them. */
    private Removed removed(DeclaredOrganization declared) throws SQLException {
        if (!policy.heals()) {
            return new Removed(Set.of(), Set.of());
        }
        String[] publicKeys = declared.projectsOrNone().stream()
                .flatMap(project -> project.keysOrNone().stream())
                .map(DeclaredKey::publicKey)
                .filter(key -> key.value() != null)
                .map(key -> key.or(""))
                .toArray(String[]::new);
        byte[][] hashes = declared.apiKeysOrNone().stream()
                .map(DeclaredApiKey::secret)
                .map(secret -> secret.hash())
                .toArray(byte[][]::new);
        Set<String> keys = new HashSet<>();
        for (Row row : database.query(
                "select public_key from removed_client_key where public_key = any(?)", (Object) publicKeys)) {
            keys.add(row.getString(0));
        }
        String hash = ApiKeyTable.KEY_HASH.name();
        Set<String> apiKeys = new HashSet<>();
        for (Row row : database.query(
                "select " + hash + " from removed_api_key where " + hash + " = any(?)", (Object) hashes)) {
            apiKeys.add(HexFormat.of().formatHex(row.getBuffer(0).getBytes()));
        }
        return new Removed(keys, apiKeys);
    }

    private static Condition ofOrganization(long id) {
        return parameters -> "organization_id = " + parameters.add(id) + " order by id";
    }

    private <T> List<Stored<T>> rows(Table<T> table, Condition condition) throws SQLException {
        int position = table.columns().size();
        return database.read(table, OWNER, condition, row -> new Stored<>(table.read(row), row.getString(position)));
    }
}
