package dev.countersign.projectkey.store;

import dev.countersign.postgres.pool.Statements;
import dev.countersign.postgres.row.RowChange;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Client keys as rows: the statements that a service runs all day. */
@Singleton
class ProjectKeyRows {

    private static final String COLUMNS = "organization_id, project_id, label, public_key, secret_key, active,"
            + " rate_limit_window, rate_limit_count, browser_sdk_version, has_replay, has_performance, has_debug,"
            + " has_feedback, has_logs_and_metrics, use_case, date_added, changed_by";
    private static final String INSERT = "insert into project_key (" + COLUMNS + ") values ($1, $2, $3, $4, $5, $6, $7,"
            + " $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) returning id";
    private static final String SELECT = "select " + COLUMNS + ", id from project_key where ";

    /** The table, for changes of its rows. */
    static final RowChange.Table<ProjectKey> TABLE =
            new RowChange.Table<>(ProjectKey.class, "project_key", COLUMNS + ", id");

    private final Statements statements;

    ProjectKeyRows(Statements statements) {
        this.statements = statements;
    }

    Uni<ProjectKey> insert(ProjectKey key) {
        return statements.execute(INSERT, values(key)).map(rows -> {
            key.id = rows.iterator().next().getLong(0);
            return key;
        });
    }

    /** The keys that match, in the order that the condition ends with. */
    Uni<List<ProjectKey>> select(String condition, Tuple parameters) {
        return statements.execute(SELECT + condition, parameters).map(ProjectKeyRows::read);
    }

    private static Tuple values(ProjectKey key) {
        return Tuple.wrap(new Object[] {
            key.organizationId,
            key.projectId,
            key.label,
            key.publicKey,
            key.secretKey,
            key.active,
            key.rateLimitWindow,
            key.rateLimitCount,
            key.browserSdkVersion,
            key.hasReplay,
            key.hasPerformance,
            key.hasDebug,
            key.hasFeedback,
            key.hasLogsAndMetrics,
            key.useCase,
            key.dateAdded.atOffset(ZoneOffset.UTC),
            key.changedBy
        });
    }

    private static List<ProjectKey> read(RowSet<Row> rows) {
        List<ProjectKey> keys = new ArrayList<>(rows.size());
        for (Row row : rows) {
            keys.add(read(row));
        }
        return keys;
    }

    private static ProjectKey read(Row row) {
        ProjectKey key = new ProjectKey();
        int column = 0;
        key.organizationId = row.getLong(column++);
        key.projectId = row.getLong(column++);
        key.label = row.getString(column++);
        key.publicKey = row.getString(column++);
        key.secretKey = row.getString(column++);
        key.active = row.getBoolean(column++);
        key.rateLimitWindow = row.getInteger(column++);
        key.rateLimitCount = row.getInteger(column++);
        key.browserSdkVersion = row.getString(column++);
        key.hasReplay = row.getBoolean(column++);
        key.hasPerformance = row.getBoolean(column++);
        key.hasDebug = row.getBoolean(column++);
        key.hasFeedback = row.getBoolean(column++);
        key.hasLogsAndMetrics = row.getBoolean(column++);
        key.useCase = row.getString(column++);
        key.dateAdded = row.getOffsetDateTime(column++).toInstant();
        key.changedBy = row.getString(column++);
        key.id = row.getLong(column);
        return key;
    }
}
