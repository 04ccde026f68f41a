package dev.countersign.transfer.staging;

import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * Static helper: copies the checked rows of an import from the temporary tables to the tables of the service, and writes the
 * audit log.
 */
public final class Storing {

    private static final String NOW = "date_trunc('milliseconds', now())";
    private static final String ADDED = "coalesce(s.date_added, " + NOW + ")";

    private static final String MEMBERS = "string_agg(to_json(name)::text || ':' || value, ',' order by name)";

    /** The options of each owner in one row. */
    private static final String OPTIONS = " with option as (select owner, owner_id,"
            + " max(value) filter (where kind = 'SETTINGS') as settings,"
            + " max(value) filter (where kind = 'INGEST') as ingest,"
            + " max(value) filter (where kind = 'DEFAULT_RATE_LIMIT') as rate_limit,"
            + " " + MEMBERS + " filter (where kind = 'SETTING') as single,"
            + " '\"options\":{' || " + MEMBERS + " filter (where kind = 'FILTER') || '}' as filters"
            + " from staged_option group by owner, owner_id)";

    private static final String LIMIT =
            "split_part(option.rate_limit, '/', 1)::integer," + " split_part(option.rate_limit, '/', 2)::integer";

    private static final String ORGANIZATIONS = "insert into organization"
            + " (id, slug, name, ingest, default_rate_limit_window, default_rate_limit_count, date_added, changed_by)"
            + OPTIONS + " select s.new_id, s.slug, s.name, option.ingest, " + LIMIT + ", " + ADDED + ", ?"
            + " from staged_organization s left join option on option.owner = 'ORGANIZATION'"
            + " and option.owner_id = s.id where not s.merged";

    private static final String TEAMS = "insert into team (id, organization_id, slug, name, date_added, changed_by)"
            + " select coalesce(s.new_id, s.id), o.new_id, s.slug, s.name, " + ADDED + ", ?"
            + " from staged_team s join staged_organization o on o.id = s.organization_id"
            + " where s.new_id is null or not exists (select from team t where t.id = s.new_id)";

    private static final String PROJECTS = "insert into project (id, organization_id, slug, name, platform, settings,"
            + " ingest, default_rate_limit_window, default_rate_limit_count, date_added, changed_by)"
            + OPTIONS + " select s.id, o.new_id, s.slug, s.name, s.platform,"
            + " coalesce(option.settings, '{' || concat_ws(',', option.single, option.filters) || '}'),"
            + " option.ingest, " + LIMIT + ", " + ADDED + ", ?"
            + " from staged_project s join staged_organization o on o.id = s.organization_id"
            + " left join option on option.owner = 'PROJECT' and option.owner_id = s.id where not s.merged";

    private static final String LINKS = "insert into project_team (project_id, team_id)"
            + " select distinct s.project_id, coalesce(t.new_id, t.id) from staged_project_team s"
            + " join staged_team t on t.id = s.team_id";

    private static final String REDIRECTS = "insert into project_redirect (organization_id, slug, project_id)"
            + " select o.new_id, s.slug, s.project_id from staged_redirect s"
            + " join staged_organization o on o.id = s.organization_id on conflict do nothing";

    private static final String KEYS = "insert into project_key"
            + " (id, organization_id, project_id, label, public_key, secret_key, active, rate_limit_window,"
            + " rate_limit_count, browser_sdk_version, has_replay, has_performance, has_debug, has_feedback,"
            + " has_logs_and_metrics, use_case, date_added, date_expires, replaced_by, changed_by)"
            + " with epoch as (select owner_id, max(value::integer) as epoch from staged_option where kind = 'EPOCH'"
            + " group by owner_id)"
            + " select s.id, o.new_id, s.project_id, s.label, s.public_key,"
            + " coalesce(s.secret_key, replace(gen_random_uuid()::text, '-', '')), s.active, s.rate_limit_window,"
            + " s.rate_limit_count, coalesce(s.browser_sdk_version, case when epoch.epoch >= 15 then '10.x'"
            + " when epoch.epoch >= 14 then '9.x' when epoch.epoch >= 13 then '8.x' when epoch.epoch >= 8 then '7.x'"
            + " when epoch.epoch >= 7 then '6.x' when epoch.epoch >= 2 then '5.x' else '4.x' end),"
            + " s.has_replay, s.has_performance, s.has_debug, s.has_feedback, s.has_logs_and_metrics, s.use_case, "
            + ADDED + ", s.date_expires, s.replaced_by, ?"
            + " from staged_key s join staged_project p on p.id = s.project_id"
            + " join staged_organization o on o.id = p.organization_id"
            + " left join epoch on epoch.owner_id = s.project_id order by s.id";

    /** The numbers of each organization. */
    private static final String NUMBERS = "with number as (select o.id, o.new_id, o.slug,"
            + " (select count(*) from staged_team t where t.organization_id = o.id) as teams,"
            + " (select count(*) from staged_redirect r where r.organization_id = o.id) as redirects,"
            + " coalesce(p.projects, 0) as projects, coalesce(p.keys, 0) as keys"
            + " from staged_organization o left join (select p.organization_id, count(distinct p.id) filter (where not p.merged)"
            + " as projects,"
            + " count(k.public_key) as keys from staged_project p left join staged_key k on k.project_id = p.id"
            + " group by p.organization_id) p on p.organization_id = o.id)";

    private static final String AUDIT =
            "insert into audit_log (organization_id, event, actor, target_id, target, after) "
                    + NUMBERS
                    + " select new_id, 'org.import', ?, new_id, slug, jsonb_build_object('teams', teams, 'projects',"
                    + " projects, 'redirects', redirects, 'clientKeys', keys) from number order by new_id";

    private static final String LINES = NUMBERS + " select 'organization ' || slug || ': ' || teams || ' teams, ' ||"
            + " projects || ' projects, ' || redirects || ' redirects, ' || keys || ' client keys'"
            + " from number order by slug";

    private Storing() {}

    /**
     * Stores all rows.
     *
     * @param actor the name for the audit log
     * @param step is told the name of each kind of row before its rows are stored
     */
    public static void run(Staging staging, String actor, Consumer<String> step) throws SQLException {
        step.accept("storing organizations");
        staging.execute(ORGANIZATIONS, actor);
        staging.execute(TEAMS, actor);
        step.accept("storing projects");
        staging.execute(PROJECTS, actor);
        staging.execute(LINKS);
        staging.execute(REDIRECTS);
        step.accept("storing client keys");
        staging.execute(KEYS, actor);
        staging.execute(AUDIT, actor);
        // What replicas remember may hold that an organization had fewer projects.
        staging.execute("select pg_notify('countersign_changes', '*')");
    }

    /** Hands over a sentence for each organization with the numbers of its rows. */
    public static void report(Staging staging, Consumer<String> lines) throws SQLException {
        staging.forEach(LINES, lines);
    }
}
