package dev.countersign.sqlstate;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Logs changes of the database's state: one line when a kind of fault begins, with PostgreSQL's message, and one line when
 * the database answers again. A thousand requests with the same fault are one line.
 */
@Singleton
public class DatabaseStateLog {

    private static final Logger LOG = Logger.getLogger(DatabaseStateLog.class);

    /** How long no fault may occur before an answer ends the state: with a full disk, writes fail between reads. */
    private static final long QUIET_NANOS = Duration.ofSeconds(3).toNanos();

    private static final int MAX_KINDS = 32;

    private final Set<String> loggedKinds = ConcurrentHashMap.newKeySet();
    private volatile boolean faulty;
    private volatile long lastFault;

    /** Records a failure of a request. Ignores the failure unless the database or its connection was unavailable. */
    public void failed(Throwable failure) {
        if (!DatabaseFault.isUnavailable(failure)) {
            return;
        }
        lastFault = System.nanoTime();
        faulty = true;
        if (loggedKinds.size() < MAX_KINDS && loggedKinds.add(DatabaseFault.kind(failure))) {
            String effect = DatabaseFault.state(failure) == null ? "is out of reach or too slow" : "refuses";
            LOG.warnf("The database %s: %s", effect, DatabaseFault.describe(failure));
        } else if (LOG.isDebugEnabled()) {
            LOG.debugf("Repeated database fault: %s", DatabaseFault.describe(failure));
        }
    }

    /** Records the answer to a statement. */
    public void answered() {
        if (faulty && System.nanoTime() - lastFault > QUIET_NANOS) {
            recover();
        }
    }

    private synchronized void recover() {
        if (faulty) {
            faulty = false;
            loggedKinds.clear();
            LOG.info("The database answers again");
        }
    }
}
