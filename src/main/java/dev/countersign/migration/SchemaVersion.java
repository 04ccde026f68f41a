package dev.countersign.migration;

import dev.countersign.postgres.pool.DatabaseConnections;
import dev.countersign.postgres.pool.ProbeConnection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * The version of the schema that the database has. A newer one than this program needs is fine: migrations first expand
 * and contract later, so that instances of the old version serve on while those of the new one start.
 */
@Singleton
public class SchemaVersion {

    /** The version that this program needs. */
    public static final int NEEDED = Integer.parseInt(MigrationScripts.latestVersion());

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String LATEST = "select max(split_part(version, '.', 1)::integer),"
            + " current_setting('transaction_read_only')::boolean from flyway_schema_history"
            + " where success and version is not null";

    private final ProbeConnection probe;
    private final DatabaseConnections connections;

    SchemaVersion(ProbeConnection probe, DatabaseConnections connections) {
        this.probe = probe;
        this.connections = connections;
    }

    /**
     * Asks the database, without blocking, on a connection outside of the pools.
     *
     * @param patience how long it may take; then it fails as it does where the database is out of reach
     */
    public Uni<Installed> installed(Duration patience) {
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(ask()))
                .invoke(this::checkConnections)
                .ifNoItem()
                .after(patience)
                .fail();
    }

    private Future<Installed> ask() {
        return probe.query(LATEST)
                .map(this::read)
                .recover(failure -> isMissing(failure)
                        ? Future.succeededFuture(new Installed(0, true))
                        : Future.failedFuture(failure));
    }

    /** The connection that was asked is one of those that are checked: the next time another server may answer. */
    private void checkConnections(Installed installed) {
        if (!installed.takesWrites()) {
            connections.check();
        }
    }

    /** The probe's connection may take writes though new ones do not: a setting of a database counts for new connections. */
    private Installed read(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        Integer version = row.getInteger(0);
        return new Installed(version == null ? 0 : version, !row.getBoolean(1) && !connections.isRouteReadOnly());
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof PgException pg && UNDEFINED_TABLE.equals(pg.getSqlState());
    }

    /**
     * What the database has.
     *
     * @param schema the version of its schema, 0 where there is none yet
     * @param takesWrites whether it does; a standby does not, nor does a server that is set read-only
     */
    public record Installed(int schema, boolean takesWrites) {}
}
