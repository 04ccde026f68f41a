package dev.countersign.apply;

import dev.countersign.apply.store.ApplyLockRepository;
import dev.countersign.migration.OldSchemaException;
import dev.countersign.migration.SchemaVersion;
import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.postgres.connection.JdbcDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Keeps the connection of {@link Healing}, whose advisory lock lets one replica at a time apply documents. A database that
 * hangs does not hang a run for ever: a statement of a run may take {@value #TIMES} times as long as one of a request.
 */
final class HealingConnection implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(HealingConnection.class);

    /** A run writes many rows in one statement, and waits for the locks of other runs. */
    private static final int TIMES = 10;

    /** Also ends the session, and its lock, of a replica that vanished from the network. */
    private static final String LIMITS =
            "set idle_in_transaction_session_timeout = '60s'; set tcp_keepalives_idle = 30;"
                    + " set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3";

    private final DatabaseConfig.Connection database;
    private @Nullable Connection connection;

    HealingConnection(DatabaseConfig.Connection database) {
        this.database = database;
    }

    /** The connection that holds the lock, or null where another replica has the lock. */
    @Nullable
    Connection holdLock() throws SQLException, OldSchemaException {
        Connection open = connection;
        if (open == null || !open.isValid((int) database.responseTimeout().toSeconds() + 1)) {
            close();
            open = open();
            connection = open;
            SchemaVersion.require(open);
        }
        return new ApplyLockRepository(open).hold() ? open : null;
    }

    private Connection open() throws SQLException {
        PGSimpleDataSource source = JdbcDatabase.source(database);
        source.setTcpKeepAlive(true);
        source.setSocketTimeout(
                (int) Math.max(1, database.responseTimeout().multipliedBy(TIMES).toSeconds()));
        Connection open = source.getConnection();
        try (Statement statement = open.createStatement()) {
            Duration limit = database.statementTimeout().multipliedBy(TIMES);
            statement.execute(LIMITS);
            if (!limit.isZero()) {
                statement.execute("set statement_timeout = " + limit.toMillis());
            }
            return open;
        } catch (SQLException e) {
            open.close();
            throw e;
        }
    }

    /** Ends the connection, and with it the lock. */
    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("The connection had ended already");
            }
        }
    }
}
