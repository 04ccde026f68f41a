package dev.countersign.gate.count;

import dev.countersign.gate.known.GateConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds what {@link KeyCounts} has counted to the database, once an interval and at shutdown, through {@link CountRepository}.
 * Does nothing where there is no gate. An interval without events needs no statement.
 *
 * <p>Counts that the database has not acknowledged are sent again an interval later, in the same {@link CountBatch}, which the
 * database adds once. What is counted meanwhile stays in memory until then.
 */
@Singleton
public class CountWriter {

    private static final Duration LAST_FLUSH = Duration.ofSeconds(2);
    private static final long NOTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Vertx vertx;
    private final KeyCounts counts;
    private final CountRepository repository;
    private final FlushReport report;
    private final GateConfig config;
    private volatile boolean started;
    private volatile Future<Void> last = Future.succeededFuture();
    private volatile Future<Void> lastRequest = Future.succeededFuture();

    /** The counts that were taken and not acknowledged, or null. */
    private volatile @Nullable CountBatch pending;

    private volatile long notedAt;

    CountWriter(Vertx vertx, KeyCounts counts, CountRepository repository, FlushReport report, GateConfig config) {
        this.vertx = vertx;
        this.counts = counts;
        this.repository = repository;
        this.report = report;
        this.config = config;
    }

    void onStart(@Observes StartupEvent event) {
        if (config.port().isPresent()) {
            started = true;
            notedAt = System.nanoTime() - NOTE_NANOS;
            report.register();
            vertx.setPeriodic(config.interval().toMillis(), timer -> {
                if (!started) {
                    vertx.cancelTimer(timer);
                } else if (last.isComplete()) {
                    last = write();
                }
            });
        }
    }

    /**
     * Has the last counts wait, when the service stops, until the gate has answered its last request.
     *
     * @param closed completes when the gate is closed
     */
    public void writeLastAfter(Future<Void> closed) {
        lastRequest = closed;
    }

    /** Runs after the gate has begun to close. */
    void onStop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event) {
        if (started) {
            started = false;
            writeAndWait();
        }
    }

    /** Must not run on an event loop. */
    private void writeAndWait() {
        try {
            VertxContextSupport.subscribeAndAwait(
                    () -> UniHelper.toUni(lastRequest.transform(closed -> last).compose(before -> writeLast()))
                            .ifNoItem()
                            .after(LAST_FLUSH)
                            .fail());
        } catch (Throwable e) {
            report.lost(e);
        }
        repository.close();
    }

    /** Adds what was sent before and not acknowledged, and then the rest; fails if the database does not take all of it. */
    private Future<Void> writeLast() {
        return write().compose(written -> write())
                .compose(written -> pending == null
                        ? Future.succeededFuture()
                        : Future.failedFuture("the database does not take them"));
    }

    /** Adds counts to the database with one statement. The answer never fails. */
    private Future<Void> write() {
        return vertx.executeBlocking(this::nextBatch, false).compose(batch -> {
            long now = System.nanoTime();
            boolean note = now - notedAt >= NOTE_NANOS;
            if (batch.isEmpty() && !note) {
                return Future.succeededFuture();
            }
            report.began();
            return repository
                    .connection()
                    .compose(connection ->
                            batch.isEmpty() ? CountRepository.noteCounting(connection) : add(connection, batch, note))
                    .onSuccess(added -> stored(note ? now : notedAt))
                    .onFailure(report::failed)
                    .otherwiseEmpty();
        });
    }

    private CountBatch nextBatch() {
        CountBatch unacknowledged = pending;
        if (unacknowledged != null) {
            return unacknowledged;
        }
        CountBatch taken = counts.take();
        pending = taken.isEmpty() ? null : taken;
        return taken;
    }

    /** The arrays of many keys are made and read on a worker. */
    private Future<Void> add(PgConnection connection, CountBatch batch, boolean note) {
        repository.awaitAnswers(connection, batch.keys().size());
        return vertx.executeBlocking(batch::parameters, false)
                .compose(parameters -> CountRepository.add(connection, parameters, note))
                .compose(totals -> vertx.executeBlocking(() -> acknowledged(batch, totals), false))
                .mapEmpty();
    }

    private CountBatch acknowledged(CountBatch batch, List<WindowTotal> totals) {
        batch.acknowledged(totals);
        pending = null;
        return batch;
    }

    private void stored(long noted) {
        notedAt = noted;
        report.stored();
    }
}
