package dev.countersign.apikey;

import dev.countersign.sqlstate.DatabaseFault;
import dev.countersign.sqlstate.DatabaseStateLog;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Stores in the database when each API key was last used. Collects uses in memory, and writes the uses of all keys in
 * one statement: one interval after the first unwritten use, and at shutdown. An idle service writes nothing. A crash
 * loses the uses of one interval.
 */
@ApplicationScoped
public class LastUseWriter {

    private static final Logger LOG = Logger.getLogger(LastUseWriter.class);
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(5);

    private final ApiKeyRepository apiKeys;
    private final DatabaseStateLog state;
    private final Duration interval;
    private final ConcurrentMap<Long, Instant> unwritten = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * Runs the writes on a separate thread, because the framework's pools return a task to the event loop that
     * scheduled it.
     */
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(LastUseWriter::thread);

    LastUseWriter(ApiKeyRepository apiKeys, LastUseConfig config, DatabaseStateLog state) {
        this.apiKeys = apiKeys;
        this.state = state;
        this.interval = config.interval();
    }

    /**
     * Records that an API key is used now. Requests of one key in one millisecond are recorded once, because event loops that write
     * the same place of memory wait for each other.
     */
    public void note(long id) {
        Instant now = Instant.now();
        Instant last = unwritten.get(id);
        if (last == null || last.toEpochMilli() != now.toEpochMilli()) {
            unwritten.put(id, now);
        }
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            var unused = writer.schedule(this::write, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void onStop(@Observes ShutdownEvent stopping) {
        writer.shutdownNow();
        write();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "last use of API keys");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Writes the collected uses, and keeps them for the next time where the write fails. Must not run on an event loop.
     */
    private void write() {
        scheduled.set(false);
        Map<Long, Instant> uses = takeUnwritten();
        if (uses.isEmpty()) {
            return;
        }
        try {
            VertxContextSupport.subscribeAndAwait(
                    () -> apiKeys.markUsed(uses).ifNoItem().after(WRITE_TIMEOUT).fail());
        } catch (Throwable e) {
            uses.forEach((id, time) -> unwritten.putIfAbsent(id, time));
            logFailure(uses.size(), e);
        }
    }

    /**
     * Logs a failed write. {@link DatabaseStateLog} reports an unavailable database once, and not once for each
     * interval.
     */
    private void logFailure(int count, Throwable failure) {
        if (DatabaseFault.isUnavailable(failure)) {
            state.failed(failure);
        } else {
            LOG.warnf(
                    "Could not write when %d API keys were last used: %s",
                    count, failure.getClass().getSimpleName());
        }
    }

    private Map<Long, Instant> takeUnwritten() {
        Map<Long, Instant> taken = new HashMap<>();
        unwritten.forEach((id, time) -> {
            if (unwritten.remove(id, time)) {
                taken.put(id, time);
            }
        });
        return taken;
    }
}
