package dev.countersign.transfer.staging;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Static helper: finds the organizations, projects and client keys of an import whose ids, slugs or keys the database has
 * already. They are conflicts, or are left out with all below them.
 */
public final class TakenRows {

    private static final String CREATE =
            "create temporary table staged_conflict (kind text, id bigint, public_key text, line text) on commit drop";

    private static final String MERGE = "update staged_organization s set merged = true from organization o"
            + " where o.id = s.id and o.slug = s.slug";

    private static final List<String> ORGANIZATIONS = List.of(
            conflict(
                            "'ORGANIZATION', s.id, null",
                            "'organization ' || s.slug || ': the id ' || s.id || ' belongs to the"
                                    + " organization ' || o.slug")
                    + " from staged_organization s join organization o on o.id = s.new_id where not s.merged",
            conflict(
                            "'ORGANIZATION', s.id, null",
                            "'organization ' || s.slug || ': the slug belongs to the organization" + " id ' || o.id")
                    + " from staged_organization s join organization o on o.slug = s.slug and o.id <> s.new_id");

    private static final List<String> PROJECTS = List.of(
            conflict(
                            "'PROJECT', s.id, null",
                            named("'the id ' || s.id || ' belongs to the project ' || o.slug || '/' ||" + " p.slug"))
                    + " from staged_project s join staged_organization t on t.id = s.organization_id"
                    + " join project p on p.id = s.id join organization o on o.id = p.organization_id",
            conflict("'PROJECT', s.id, null", named("'the slug belongs to the project id ' || p.id"))
                    + " from staged_project s join staged_organization t on t.id = s.organization_id and t.merged"
                    + " join project p on p.organization_id = t.id and p.slug = s.slug and p.id <> s.id");

    private static final List<String> KEYS = List.of(
            conflict(
                            "'KEY', null, k.public_key",
                            "'client key ' || k.public_key || ' of project ' || s.slug || ': the"
                                    + " public key belongs to the project ' || p.slug || ' (id ' || p.id || ')'")
                    + " from staged_key k join project_key o on o.public_key = k.public_key"
                    + " join staged_project s on s.id = k.project_id join project p on p.id = o.project_id",
            conflict(
                            "'KEY', null, k.public_key",
                            "'client key ' || k.public_key || ' of project ' || s.slug || ': the"
                                    + " secret key belongs to the key ' || o.public_key")
                    + " from staged_key k join project_key o on o.secret_key = k.secret_key"
                    + " and o.public_key <> k.public_key join staged_project s on s.id = k.project_id");

    private static final String LEAVE_OUT =
            "insert into staged_left_out" + " select distinct kind, id from staged_conflict where id is not null";

    private static final List<String> LEAVE_OUT_KEYS = List.of(
            "delete from staged_key where public_key in (select public_key from staged_conflict)",
            "update staged_key k set replaced_by = null where replaced_by is not null"
                    + " and not exists (select from staged_key s where s.public_key = k.replaced_by)");

    private TakenRows() {}

    /**
     * Finds all conflicts.
     *
     * @param skip leaves them out, and merges organizations whose id and slug the database has
     * @param lines takes a sentence for each conflict
     * @return the number of sentences
     */
    public static long find(Staging staging, boolean skip, Consumer<String> lines) throws SQLException {
        staging.execute(CREATE);
        if (skip) {
            staging.execute(MERGE);
        }
        run(staging, ORGANIZATIONS, skip);
        run(staging, PROJECTS, skip);
        run(staging, KEYS, skip);
        if (skip) {
            for (String statement : LEAVE_OUT_KEYS) {
                staging.execute(statement);
            }
        }
        return staging.forEach("select line from staged_conflict order by kind desc, line", lines);
    }

    private static void run(Staging staging, List<String> statements, boolean skip) throws SQLException {
        for (String statement : statements) {
            staging.execute(statement);
        }
        if (skip) {
            staging.execute(LEAVE_OUT);
            Selection.apply(staging);
        }
    }

    private static String conflict(String columns, String line) {
        return "insert into staged_conflict select " + columns + ", " + line;
    }

    private static String named(String fault) {
        return "'project ' || t.slug || '/' || s.slug || ': ' || " + fault;
    }
}
