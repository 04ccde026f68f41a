package dev.countersign.sqlstate;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Says in the log how the database is: a line for each kind of fault when it begins, in PostgreSQL's own words, and one
 * when the database answers again. A thousand requests that fail alike are one line.
 */
@Singleton
public class DatabaseStateLog {

    private static final Logger LOG = Logger.getLogger(DatabaseStateLog.class);

    /** After so long without a fault an answer counts as the end: a full disk fails writes between reads. */
    private static final long QUIET_NANOS = Duration.ofSeconds(3).toNanos();

    private static final int MAX_KINDS = 32;

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private volatile boolean faulty;
    private volatile long lastFault;

    /** The database, or the way to it, failed what was asked; a failure of another kind is no matter of the database. */
    public void failed(Throwable failure) {
        if (!DatabaseFault.isUnavailable(failure)) {
            return;
        }
        lastFault = System.nanoTime();
        faulty = true;
        if (told.size() < MAX_KINDS && told.add(DatabaseFault.kind(failure))) {
            String what = DatabaseFault.state(failure) == null ? "is out of reach or too slow" : "refuses";
            LOG.warnf("The database %s: %s", what, DatabaseFault.describe(failure));
        } else if (LOG.isDebugEnabled()) {
            LOG.debugf("Still: %s", DatabaseFault.describe(failure));
        }
    }

    /** A statement was answered. */
    public void answered() {
        if (faulty && System.nanoTime() - lastFault > QUIET_NANOS) {
            recover();
        }
    }

    private synchronized void recover() {
        if (faulty) {
            faulty = false;
            told.clear();
            LOG.info("The database answers again");
        }
    }
}
