package dev.countersign.command;

import dev.countersign.dsn.IngestConfig;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.migration.OldSchemaException;
import dev.countersign.migration.SchemaVersion;
import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.postgres.connection.JdbcDatabase;
import dev.countersign.ratelimit.DefaultRateLimitConfig;
import dev.countersign.ratelimit.DefaultRateLimits;
import java.io.InputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Gives a running command its input and output streams, and on demand a connection to the database and the settings that it
 * needs. Settings that no command asks for are not read, whatever their values.
 */
public final class CommandContext {

    private static final String DATABASE = "countersign.db.";
    private static final String INGEST = "countersign.ingest.";
    private static final String DEFAULT_RATE_LIMIT = "countersign.default-rate-limit.";

    private final CommandSettings settings;
    private final PrintStream out;
    private final PrintStream err;

    CommandContext(CommandSettings settings, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
    }

    /** Standard input. */
    public InputStream stdin() {
        return System.in;
    }

    /** Standard output, for results. */
    public PrintStream out() {
        return out;
    }

    /** Standard error, for progress, warnings and faults. */
    public PrintStream err() {
        return err;
    }

    /**
     * The settings of the database.
     *
     * @throws RefusedException if one of them is missing or wrong
     */
    public DatabaseConfig.Connection database() throws RefusedException {
        return settings.read(DatabaseConfig.class, DATABASE).connection();
    }

    /**
     * The ingest hosts.
     *
     * @throws RefusedException if one of their settings is missing or wrong
     */
    public IngestHosts ingestHosts() throws RefusedException {
        return new IngestHosts(ingest());
    }

    /**
     * The settings of the ingest hosts.
     *
     * @throws RefusedException if one of them is missing or wrong
     */
    public IngestConfig ingest() throws RefusedException {
        return settings.read(IngestConfig.class, INGEST);
    }

    /**
     * The default rate limits of new client keys.
     *
     * @throws RefusedException if one of their settings is wrong
     */
    public DefaultRateLimits defaultRateLimits() throws RefusedException {
        return new DefaultRateLimits(settings.read(DefaultRateLimitConfig.class, DEFAULT_RATE_LIMIT));
    }

    /**
     * Opens a connection to the database, which commits each statement, and checks the version of the schema.
     *
     * @throws RefusedException if a setting of the database is missing or wrong
     * @throws FailedException if the schema is older than this program needs
     */
    public Connection connect() throws RefusedException, FailedException, SQLException {
        Connection connection = JdbcDatabase.source(database()).getConnection();
        try {
            SchemaVersion.require(connection);
            return connection;
        } catch (OldSchemaException e) {
            connection.close();
            throw new FailedException(String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
