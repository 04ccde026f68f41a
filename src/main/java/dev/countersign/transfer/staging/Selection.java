package dev.countersign.transfer.staging;

import java.sql.SQLException;
import java.util.List;

/**
 * Static helper: deletes the organizations and projects that are not to be imported from the temporary tables of an import,
 * with all rows below them.
 */
public final class Selection {

    private static final List<String> LEAVE_OUT_CHILDREN = List.of(
            "insert into staged_left_out select 'TEAM', t.id from staged_team t join staged_left_out o"
                    + " on o.kind = 'ORGANIZATION' and o.id = t.organization_id",
            "insert into staged_left_out select 'PROJECT', p.id from staged_project p join staged_left_out o"
                    + " on o.kind = 'ORGANIZATION' and o.id = p.organization_id",
            delete("staged_organization", "id", "ORGANIZATION"),
            delete("staged_team", "id", "TEAM"),
            delete("staged_project", "id", "PROJECT"),
            delete("staged_project_team", "project_id", "PROJECT"),
            delete("staged_project_team", "team_id", "TEAM"),
            delete("staged_redirect", "organization_id", "ORGANIZATION"),
            delete("staged_redirect", "project_id", "PROJECT"),
            delete("staged_key", "project_id", "PROJECT"),
            delete("staged_option", "owner = 'PROJECT' and owner_id", "PROJECT"),
            delete("staged_option", "owner = 'ORGANIZATION' and owner_id", "ORGANIZATION"));

    private Selection() {}

    /** Keeps the organizations with these slugs, and leaves all others out. */
    public static void keep(Staging staging, List<String> organizations) throws SQLException {
        staging.execute(
                "insert into staged_left_out select 'ORGANIZATION', id from staged_organization where slug <> all(?)",
                (Object) organizations.toArray(new String[0]));
    }

    /** Whether the import has an organization with this slug. */
    public static boolean has(Staging staging, String organization) throws SQLException {
        return staging.execute("update staged_organization set slug = slug where slug = ?", organization) > 0;
    }

    /** Whether no organization is left. */
    public static boolean isEmpty(Staging staging) throws SQLException {
        return staging.number("select count(*) from staged_organization") == 0;
    }

    /** Removes all that is left out, and all below. */
    public static void apply(Staging staging) throws SQLException {
        for (String statement : LEAVE_OUT_CHILDREN) {
            staging.execute(statement);
        }
    }

    private static String delete(String table, String column, String kind) {
        return "delete from " + table + " where " + column + " in (select id from staged_left_out where kind = '" + kind
                + "')";
    }
}
