package dev.countersign.retention;

import dev.countersign.sqlstate.DatabaseFault;
import dev.countersign.sqlstate.DatabaseStateLog;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Runs the removal of all {@link ExpiredRows} in the background, at an interval. The first look is one interval after the
 * start.
 */
@Singleton
public class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class);

    private final Vertx vertx;
    private final List<ExpiredRows> kinds;
    private final DatabaseStateLog state;
    private final Duration interval;
    private volatile boolean stopped;

    Retention(Vertx vertx, @All List<ExpiredRows> kinds, DatabaseStateLog state, RetentionConfig config) {
        this.vertx = vertx;
        this.kinds = kinds;
        this.state = state;
        this.interval = config.interval();
    }

    void onStart(@Observes StartupEvent started) {
        removeLater();
    }

    void onStop(@Observes ShutdownEvent stopping) {
        stopped = true;
    }

    private void removeLater() {
        vertx.setTimer(interval.toMillis(), timer -> {
            if (!stopped) {
                removeAll().onComplete(done -> removeLater());
            }
        });
    }

    /** Removes the kinds one after another. A kind that fails leaves its rows for the next time. */
    private Future<Void> removeAll() {
        Future<Void> done = Future.succeededFuture();
        for (ExpiredRows kind : kinds) {
            done = done.compose(before -> remove(kind)).recover(failure -> log(kind, failure));
        }
        return done;
    }

    private Future<Void> remove(ExpiredRows kind) {
        return kind.removeBatch()
                .compose(removed ->
                        removed < ExpiredRows.BATCH || stopped ? Future.<Void>succeededFuture() : remove(kind));
    }

    private Future<Void> log(ExpiredRows kind, Throwable failure) {
        if (DatabaseFault.isUnavailable(failure)) {
            state.failed(failure);
        } else {
            LOG.warnf("Could not remove old rows (%s): %s", kind.kind(), DatabaseFault.describe(failure));
        }
        return Future.succeededFuture();
    }
}
