package dev.countersign.apply;

import dev.countersign.apply.plan.ApplyPolicy;
import dev.countersign.apply.plan.Kind;
import dev.countersign.apply.plan.Step;
import dev.countersign.declaration.DeclaredOrganization;
import dev.countersign.declaration.document.DocumentFiles;
import dev.countersign.declaration.document.Fault;
import dev.countersign.declaration.document.Faults;
import dev.countersign.declaration.reader.DeclarationReader;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.migration.OldSchemaException;
import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.ratelimit.DefaultRateLimits;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Applies documents in the background of a service, one run at a time: reads them anew, removes nothing, switches nothing on.
 * Of all replicas the one that holds an advisory lock works. The lock belongs to a connection, which is kept from run to run;
 * where the connection ends, another replica takes over. A hung database ends a run: {@link HealingConnection}.
 */
final class Healing implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Healing.class);

    private static final double NANOS_A_SECOND = 1e9;

    private final ApplyConfig config;
    private final HealingConnection connection;
    private final IngestHosts hosts;
    private final DefaultRateLimits defaults;
    private List<String> reported = List.of();
    private volatile double heldBack = Double.NaN;
    private volatile long lastGood = System.nanoTime();

    Healing(ApplyConfig config, DatabaseConfig.Connection database, IngestHosts hosts, DefaultRateLimits defaults) {
        this.config = config;
        this.connection = new HealingConnection(database);
        this.hosts = hosts;
        this.defaults = defaults;
    }

    /**
     * How many declared values the last run of this replica left as they are, or how many faults the documents had; not a
     * number where another replica works, and where the last run failed.
     */
    double heldBack() {
        return heldBack;
    }

    /**
     * The seconds since a run of this replica ended well, which it does where it has applied the documents or another replica
     * works. Before the first such run: since the start.
     */
    double secondsSinceGoodRun() {
        return (System.nanoTime() - lastGood) / NANOS_A_SECOND;
    }

    /** Applies the documents, if this replica holds the lock or can take it. */
    void run(String path) {
        try {
            Connection open = connection.holdLock();
            if (open == null) {
                heldBack = Double.NaN;
                lastGood = System.nanoTime();
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
            if (faults.isEmpty()) {
                lastGood = System.nanoTime();
            }
        } catch (OvertakenException e) {
            LOG.info(e.getMessage());
        } catch (OldSchemaException | SQLException e) {
            LOG.warnf("The documents of countersign.apply were not applied: %s", firstLine(e));
            heldBack = Double.NaN;
            close();
        } catch (RuntimeException e) {
            // Would end all later runs, while the connection kept the lock.
            LOG.error("The documents of countersign.apply were not applied", e);
            heldBack = Double.NaN;
            close();
        }
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

    /** An organization is warned of: whoever removed or renamed one that documents declare is told that it is back. */
    private static void log(Step step) {
        if (step.equals(Step.make(Kind.ORGANIZATION, step.path()))) {
            LOG.warnf(
                    "%s: no organization had this slug; it has all that documents declare, also keys that were off",
                    step);
        } else {
            LOG.info(step);
        }
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** Ends the connection, and with it the lock. */
    @Override
    public void close() {
        connection.close();
    }
}
