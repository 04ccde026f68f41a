package dev.countersign.apply;

import dev.countersign.apply.plan.ApplyPolicy;
import dev.countersign.apply.plan.Step;
import dev.countersign.apply.store.ApplyLockRepository;
import dev.countersign.declaration.DeclaredOrganization;
import dev.countersign.declaration.document.DocumentFiles;
import dev.countersign.declaration.document.Fault;
import dev.countersign.declaration.document.Faults;
import dev.countersign.declaration.reader.DeclarationReader;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.migration.OldSchemaException;
import dev.countersign.migration.SchemaVersion;
import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.postgres.connection.JdbcDatabase;
import dev.countersign.ratelimit.DefaultRateLimits;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Applies documents in the background of a service, one run at a time: reads them anew, removes nothing, switches nothing on.
 * Of all replicas the one that holds an advisory lock works. The lock belongs to a connection, which is kept from run to run;
 * where the connection ends, another replica takes over.
 */
final class Healing implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Healing.class);

    private final ApplyConfig config;
    private final DatabaseConfig.Connection database;
    private final IngestHosts hosts;
    private final DefaultRateLimits defaults;
    private @Nullable Connection connection;
    private List<String> reported = List.of();
    private volatile double heldBack = Double.NaN;

    Healing(ApplyConfig config, DatabaseConfig.Connection database, IngestHosts hosts, DefaultRateLimits defaults) {
        this.config = config;
        this.database = database;
        this.hosts = hosts;
        this.defaults = defaults;
    }

    /**
     * How many declared values the last run of this replica left as they are, or how many faults the documents had; not a
     * number where another replica works.
     */
    double heldBack() {
        return heldBack;
    }

    /** Applies the documents, if this replica holds the lock or can take it. */
    void run(String path) {
        try {
            Connection open = holdLock();
            if (open == null) {
                heldBack = Double.NaN;
                return;
            }
            Faults faults = new Faults();
            List<DeclaredOrganization> declared = DeclarationReader.read(
                    DocumentFiles.read(path, InputStream.nullInputStream(), faults), hosts, System.getenv(), faults);
            List<Fault> left = faults.isEmpty()
                    ? new ApplyRun(open, hosts, defaults, ApplyPolicy.healing(config.owner()), Healing::log)
                            .apply(declared, false, faults)
                    : List.of();
            report(faults.isEmpty() ? left : faults.list());
        } catch (OvertakenException e) {
            LOG.info(e.getMessage());
        } catch (OldSchemaException | SQLException e) {
            LOG.warnf("The documents of countersign.apply were not applied: %s", firstLine(e));
            close();
        } catch (RuntimeException e) {
            // Would end all later runs, while the connection kept the lock.
            LOG.error("The documents of countersign.apply were not applied", e);
            close();
        }
    }

    /** The connection that holds the lock, or null where another replica has it. */
    private @Nullable Connection holdLock() throws SQLException, OldSchemaException {
        Connection open = connection;
        if (open == null || !open.isValid((int) database.responseTimeout().toSeconds() + 1)) {
            close();
            open = JdbcDatabase.source(database).getConnection();
            connection = open;
            SchemaVersion.require(open);
        }
        return new ApplyLockRepository(open).hold() ? open : null;
    }

    /** Warns once of the same lines, and counts them. */
    private void report(List<Fault> faults) {
        List<String> lines = faults.stream().map(Fault::toString).toList();
        heldBack = lines.size();
        if (!lines.equals(reported)) {
            lines.forEach(LOG::warn);
            reported = lines;
        }
    }

    private static void log(Step step) {
        LOG.info(step);
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
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
