package dev.countersign.transfer.staging;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Static helper: finds the faults of an import's rows among themselves, by SQL on the temporary tables: what is there twice,
 * and what refers to nothing.
 */
public final class FileChecks {

    private static final String TWICE = " stands twice in the file'";

    private static final String OPTION =
            "'option ' || coalesce(nullif(name, ''), lower(kind)) || ' of ' || lower(owner) || ' id ' || owner_id";

    /** Each query selects a sentence for each fault. */
    private static final List<String> FAULTS = List.of(
            twice("staged_organization", "id", "'organization id ' || id"),
            twice("staged_organization", "slug", "'organization ' || slug"),
            twice("staged_team", "id", "'team id ' || id"),
            twice(
                    "staged_team",
                    "organization_id, slug",
                    "'team ' || slug || ' of organization id ' || organization_id"),
            twice("staged_project", "id", "'project id ' || id"),
            twice(
                    "staged_project",
                    "organization_id, slug",
                    "'project ' || slug || ' of organization id ' || organization_id"),
            twice(
                    "staged_redirect",
                    "organization_id, slug",
                    "'redirect ' || slug || ' of organization id ' || organization_id"),
            twice("staged_key", "public_key", "'client key ' || public_key"),
            twice("staged_option", "owner, owner_id, kind, name", OPTION),
            "select 'client key ' || min(public_key) || ' has the secret of another key' from staged_key"
                    + " where secret_key is not null group by secret_key having count(*) > 1",
            "select 'client key id ' || id || '" + TWICE + " from staged_key where id is not null group by id"
                    + " having count(*) > 1",
            dangling("staged_team", "'team ' || c.slug", "organization"),
            dangling("staged_project", "'project ' || c.slug", "organization"),
            dangling("staged_redirect", "'redirect ' || c.slug", "project"),
            dangling("staged_project_team", "'a link of team ' || c.team_id", "project"),
            dangling("staged_project_team", "'a link of project ' || c.project_id", "team"),
            dangling("staged_key", "'client key ' || c.public_key", "project"),
            optionOf("organization"),
            optionOf("project"),
            "select 'team ' || t.slug || ' and project ' || p.slug || ' are linked, but belong to different organizations'"
                    + " from staged_project_team l join staged_project p on p.id = l.project_id"
                    + " join staged_team t on t.id = l.team_id where t.organization_id <> p.organization_id",
            "select 'redirect ' || r.slug || ' and its project ' || p.slug || ' belong to different organizations'"
                    + " from staged_redirect r join staged_project p on p.id = r.project_id"
                    + " where r.organization_id <> p.organization_id",
            "select 'client key ' || k.public_key || ' was replaced by a key that the file does not have'"
                    + " from staged_key k left join staged_key s on s.public_key = k.replaced_by"
                    + " where k.replaced_by is not null and s.public_key is null",
            "select 'client key ' || k.public_key || ' was replaced by '"
                    + " || case when s.public_key = k.public_key then 'itself' else 'a key of another project' end"
                    + " from staged_key k join staged_key s on s.public_key = k.replaced_by"
                    + " where s.public_key = k.public_key or s.project_id <> k.project_id");

    private FileChecks() {}

    /**
     * Hands over a sentence for each fault, and tells their number. Objects that are left out do not count, nor those below
     * them.
     */
    public static long run(Staging staging, Consumer<String> faults) throws SQLException {
        long count = 0;
        for (String query : FAULTS) {
            count += staging.forEach(query, faults);
        }
        return count;
    }

    private static String twice(String table, String columns, String what) {
        return "select " + what + " || '" + TWICE + " from " + table + " group by " + columns + " having count(*) > 1";
    }

    private static String optionOf(String owner) {
        return "select 'an option refers to the " + owner + " id ' || c.owner_id || ', which the file does not have'"
                + " from staged_option c left join staged_" + owner + " p on p.id = c.owner_id where c.owner = '"
                + owner.toUpperCase(Locale.ROOT) + "' and p.id is null";
    }

    private static String dangling(String table, String what, String parent) {
        return "select " + what + " || ' refers to the " + parent + " id ' || c." + parent
                + "_id || ', which the file does not have' from " + table + " c left join staged_" + parent
                + " p on p.id = c." + parent + "_id where p.id is null";
    }
}
