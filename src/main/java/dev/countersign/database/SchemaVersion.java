package dev.countersign.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
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
    private static final String LATEST = "select max(split_part(version, '.', 1)::integer) from flyway_schema_history"
            + " where success and version is not null";

    private final Pool pool;

    SchemaVersion(Pool pool) {
        this.pool = pool;
    }

    /**
     * Asks the database, without blocking.
     *
     * @param patience how long it may take; then it fails as it does where the database is out of reach
     * @return the version, 0 where there is no schema yet
     */
    public Uni<Integer> installed(Duration patience) {
        return pool.query(LATEST)
                .execute()
                .map(SchemaVersion::version)
                .onFailure(SchemaVersion::isMissing)
                .recoverWithItem(0)
                .ifNoItem()
                .after(patience)
                .fail();
    }

    private static int version(RowSet<Row> rows) {
        Integer version = rows.iterator().next().getInteger(0);
        return version == null ? 0 : version;
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof PgException pg && UNDEFINED_TABLE.equals(pg.getSqlState());
    }
}
