package dev.countersign.transfer.staging;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Static helper: finds the organizations, projects and client keys of an import whose ids, slugs or keys the database has
 * already. They are conflicts, or are left out with all below them. Instead of that, what is the same organization or project is
 * merged into.
 */
public final class TakenRows {

    private static final String CREATE =
            "create temporary table staged_conflict (kind text, id bigint, public_key text, line text) on commit drop";

    private static final String MERGE_ORGANIZATIONS =
            "update staged_organization s set merged = true from organization o"
                    + " where o.id = s.id and o.slug = s.slug";

    /** Of a project that is merged into, only new keys are stored. */
    private static final List<String> MERGE_PROJECTS = List.of(
            "update staged_project s set merged = true from staged_organization o, project p"
                    + " where o.id = s.organization_id and o.merged and p.organization_id = o.id and p.id = s.id"
                    + " and p.slug = s.slug",
            "delete from staged_project_team where project_id in (select id from staged_project where merged)",
            "delete from staged_redirect where project_id in (select id from staged_project where merged)",
            "delete from staged_key k using staged_project s, project_key o where s.id = k.project_id and s.merged"
                    + " and o.public_key = k.public_key and o.project_id = k.project_id");

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
                    + " join project p on p.id = s.id join organization o on o.id = p.organization_id"
                    + " where not s.merged",
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
                    + " and o.public_key <> k.public_key join staged_project s on s.id = k.project_id",
            conflict(
                            "'KEY', null, k.public_key",
                            "'client key ' || k.public_key || ' of project ' || s.slug || ': it was removed here'")
                    + " from staged_key k join staged_project s on s.id = k.project_id and s.merged"
                    + " join removed_client_key r on r.public_key = k.public_key");

    private static final String LEAVE_OUT =
            "insert into staged_left_out" + " select distinct kind, id from staged_conflict where id is not null";

    private static final List<String> LEAVE_OUT_KEYS = List.of(
            "delete from staged_key where public_key in (select public_key from staged_conflict)",
            "update staged_key k set replaced_by = null where replaced_by is not null"
                    + " and not exists (select from staged_key s where s.public_key = k.replaced_by)"
                    + " and not exists (select from project_key s where s.public_key = k.replaced_by"
                    + " and s.project_id = k.project_id)");

    private static final String MERGED = "select 'merged: project ' || o.slug || '/' || s.slug || ': '"
            + " || count(k.public_key) || ' new client keys' from staged_project s"
            + " join staged_organization o on o.id = s.organization_id left join staged_key k on k.project_id = s.id"
            + " where s.merged group by o.slug, s.slug order by 1";

    private TakenRows() {}

    /**
     * Finds all conflicts.
     *
     * @param skip leaves them out, and merges organizations whose id and slug the database has, and projects of these whose
     *     id and slug the organization has
     * @param lines takes a sentence for each conflict
     * @return the number of sentences
     */
    public static long find(Staging staging, boolean skip, Consumer<String> lines) throws SQLException {
        staging.execute(CREATE);
        if (skip) {
            staging.execute(MERGE_ORGANIZATIONS);
        }
        run(staging, ORGANIZATIONS, skip);
        if (skip) {
            executeAll(staging, MERGE_PROJECTS);
        }
        run(staging, PROJECTS, skip);
        run(staging, KEYS, skip);
        if (skip) {
            executeAll(staging, LEAVE_OUT_KEYS);
        }
        return staging.forEach("select line from staged_conflict order by kind desc, line", lines);
    }

    /** Hands over a sentence for each project that is merged into. */
    public static void merged(Staging staging, Consumer<String> lines) throws SQLException {
        staging.forEach(MERGED, lines);
    }

    private static void run(Staging staging, List<String> statements, boolean skip) throws SQLException {
        executeAll(staging, statements);
        if (skip) {
            staging.execute(LEAVE_OUT);
            Selection.apply(staging);
        }
    }

    private static void executeAll(Staging staging, List<String> statements) throws SQLException {
        for (String statement : statements) {
            staging.execute(statement);
        }
    }

    private static String conflict(String columns, String line) {
        return "insert into staged_conflict select " + columns + ", " + line;
    }

    private static String named(String fault) {
        return "'project ' || t.slug || '/' || s.slug || ': ' || " + fault;
    }
}
