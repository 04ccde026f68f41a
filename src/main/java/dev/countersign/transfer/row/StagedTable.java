package dev.countersign.transfer.row;

import java.util.Locale;

/**
 * Lists the temporary tables in which an import collects all rows before it stores any. They have no constraints, so that
 * every fault of a file can be listed.
 */
public enum StagedTable {
    ORGANIZATION("id bigint, slug text, name text, date_added timestamptz(3)"),
    TEAM("id bigint, organization_id bigint, slug text, name text, date_added timestamptz(3)"),
    PROJECT("id bigint, organization_id bigint, slug text, name text, platform text, date_added timestamptz(3)"),
    PROJECT_TEAM("project_id bigint, team_id bigint"),
    REDIRECT("organization_id bigint, slug text, project_id bigint"),
    KEY("id bigint, project_id bigint, label text, public_key text, secret_key text, active boolean,"
            + " rate_limit_window integer, rate_limit_count integer, browser_sdk_version text, has_replay boolean,"
            + " has_performance boolean, has_debug boolean, has_feedback boolean, has_logs_and_metrics boolean,"
            + " use_case text, date_added timestamptz(3), date_expires timestamptz(3), replaced_by text"),
    /** Options of projects and organizations: see {@link OptionRow}. */
    OPTION("owner text, owner_id bigint, kind text, name text, value text"),
    /** What is not stored, and nothing below it: see {@link LeftOutRow}. */
    LEFT_OUT("kind text, id bigint");

    private final String columns;

    StagedTable(String columns) {
        this.columns = columns;
    }

    /** The name in SQL. */
    public String sql() {
        return "staged_" + name().toLowerCase(Locale.ROOT);
    }

    /** SQL that makes the table for the time of a transaction. */
    public String create() {
        return "create temporary table " + sql() + " (" + columns + ") on commit drop";
    }
}
