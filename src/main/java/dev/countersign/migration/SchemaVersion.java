package dev.countersign.migration;

import dev.countersign.postgres.pool.DatabaseConnections;
import dev.countersign.postgres.pool.ProbeConnection;
import dev.countersign.sqlstate.DatabaseFault;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Reads the schema version of the database, and whether the database takes writes, for the start check and the
 * readiness check. A version newer than this program needs is fine: migrations first add and later remove, so that old
 * instances still serve while new instances start.
 */
@Singleton
public class SchemaVersion {

    /** The schema version that this program needs. */
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
     * Reads the schema version without blocking, on a connection outside the pools.
     *
     * @param patience the time limit; after it the read fails, as without a database
     */
    public Uni<Installed> installed(Duration patience) {
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(ask()))
                .invoke(this::checkConnections)
                .ifNoItem()
                .after(patience)
                .fail();
    }

    /**
     * Checks the schema by JDBC, which blocks.
     *
     * @throws OldSchemaException if the schema is older than this program needs
     */
    public static void require(Connection connection) throws OldSchemaException, SQLException {
        int version = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LATEST)) {
            rows.next();
            version = rows.getInt(1);
        } catch (SQLException e) {
            if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw e;
            }
        }
        if (version < NEEDED) {
            throw new OldSchemaException(version);
        }
    }

    private Future<Installed> ask() {
        return probe.query(LATEST)
                .map(this::read)
                .recover(failure -> isMissing(failure)
                        ? Future.succeededFuture(new Installed(0, true))
                        : Future.failedFuture(failure));
    }

    /** Checks all connections, also the probe's own, so that the next query may reach another server. */
    private void checkConnections(Installed installed) {
        if (!installed.takesWrites()) {
            connections.check();
        }
    }

    /** Also asks for the last test of the route: a read-only setting of the database affects only new connections. */
    private Installed read(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        Integer version = row.getInteger(0);
        return new Installed(version == null ? 0 : version, !row.getBoolean(1) && !connections.isRouteReadOnly());
    }

    private static boolean isMissing(Throwable failure) {
        return UNDEFINED_TABLE.equals(DatabaseFault.state(failure));
    }

    /**
     * Tells the schema version of the database, and whether the database takes writes.
     *
     * @param schema the schema version, 0 without a schema
     * @param takesWrites false for a standby and for a server that is set read-only
     */
    public record Installed(int schema, boolean takesWrites) {}
}
