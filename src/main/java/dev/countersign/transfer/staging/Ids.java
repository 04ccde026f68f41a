package dev.countersign.transfer.staging;

import dev.countersign.postgres.batch.IdSequence;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Static helper: gives new ids to those rows of an import whose own are taken, and moves the sequences of ids past those of the
 * import.
 */
public final class Ids {

    /** Sequences by their table, with the staged ids. */
    private static final Map<String, String> MAX_IDS = Map.of(
            "organization", "select coalesce(max(new_id), 0) from staged_organization",
            "team", "select coalesce(max(id), 0) from staged_team",
            "project", "select coalesce(max(id), 0) from staged_project",
            "project_key", "select coalesce(max(id), 0) from staged_key");

    /** A dry run draws no id, and shows that there would be one by a negative number. */
    private static final String NONE = "-1";

    private static final List<String> COLUMNS = List.of(
            "alter table staged_organization add column new_id bigint, add column merged boolean not null default false",
            "alter table staged_team add column new_id bigint",
            "alter table staged_project add column merged boolean not null default false");

    private static final String SAME_TEAM = "update staged_team s set new_id = t.id from staged_organization o, team t"
            + " where o.id = s.organization_id and o.merged and t.organization_id = o.id and t.slug = s.slug";
    private static final String NEW_TEAM = "update staged_team s set new_id = %s"
            + " where new_id is null and exists (select from team t where t.id = s.id)";
    /** Changes the ids of keys that are taken, and selects a sentence for each. */
    private static final String NEW_KEYS = "with taken as (select s.public_key, s.id from staged_key s"
            + " join project_key k on k.id = s.id), changed as (update staged_key s set id = %s from taken t"
            + " where t.public_key = s.public_key returning s.public_key, t.id, s.id as new_id)"
            + " select 'client key ' || public_key || ': the id ' || id || ' is taken, ' || " + newId("new_id")
            + " from changed order by 1";

    private static final String FIRST_IDS_OF_KEYS = "update staged_key set id = %s where id is null";
    private static final String ORGANIZATION_LINES =
            "select 'organization ' || slug || ': the id ' || id || ' is not kept, '" + " || " + newId("new_id")
                    + " from staged_organization where id <> new_id order by 1";
    private static final String TEAM_LINES = "select 'team ' || o.slug || '/' || s.slug || case when t.id is null"
            + " then ': the id ' || s.id || ' is taken, ' || " + newId("s.new_id")
            + " else ': the organization has a team of this slug, id ' || s.new_id end"
            + " from staged_team s join staged_organization o on o.id = s.organization_id"
            + " left join team t on t.id = s.new_id where s.new_id is not null order by 1";

    private Ids() {}

    /**
     * Decides the ids of organizations.
     *
     * @param fresh gives every organization a new id
     * @param dryRun draws no id
     * @param lines takes a sentence for each organization with a new id
     */
    public static void ofOrganizations(Staging staging, boolean fresh, boolean dryRun, Consumer<String> lines)
            throws SQLException {
        for (String statement : COLUMNS) {
            staging.execute(statement);
        }
        staging.execute(
                "update staged_organization set new_id = " + (!fresh ? "id" : dryRun ? "-id" : next("organization")));
        staging.forEach(ORGANIZATION_LINES, lines);
    }

    /**
     * Moves each sequence past the greatest id of the import, so that nobody is given one of them from now on.
     *
     * @param connection another connection than that of the import, which commits each statement
     */
    public static void moveSequences(Staging staging, Connection connection) throws SQLException {
        for (Map.Entry<String, String> table : MAX_IDS.entrySet()) {
            long greatest = staging.number(table.getValue());
            IdSequence.movePast(connection, table.getKey(), greatest);
        }
    }

    /**
     * Gives new ids to teams and keys whose ids are taken, and to keys without one. Teams whose slug an organization that is
     * merged has already become that team.
     *
     * @param dryRun draws no id
     * @param lines takes a sentence for each team and key with another id than in the file, and one for the keys without one
     */
    public static void replaceTaken(Staging staging, boolean dryRun, Consumer<String> lines) throws SQLException {
        staging.execute(SAME_TEAM);
        staging.execute(String.format(NEW_TEAM, dryRun ? NONE : next("team")));
        staging.forEach(TEAM_LINES, lines);
        String next = dryRun ? NONE : next("project_key");
        long taken = staging.forEach(String.format(NEW_KEYS, next), lines);
        long keys = taken + staging.execute(String.format(FIRST_IDS_OF_KEYS, next));
        if (keys > 0) {
            lines.accept("client keys with a new id: " + keys);
        }
    }

    private static String newId(String column) {
        return "case when " + column + " < 0 then 'a new one is drawn' else 'the new one is ' || " + column + " end";
    }

    private static String next(String table) {
        return "nextval(pg_get_serial_sequence('" + table + "', 'id'))";
    }
}
