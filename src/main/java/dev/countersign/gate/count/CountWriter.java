package dev.countersign.gate.count;

import dev.countersign.gate.known.GateConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;

/**
 * Adds what {@link KeyCounts} has counted to the database, once an interval and at shutdown, through {@link CountRepository}.
 * Does nothing where there is no gate. An interval without events needs no statement.
 *
 * <p>Counts that the database refused, or that could not be sent, are added an interval later. Counts in a statement whose answer
 * never came are dropped: the statement may have run, and repeating it could count twice.
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

    /** Runs after the gate has stopped to take requests. */
    void onStop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event) {
        if (started) {
            started = false;
            writeAndWait();
        }
    }

    /** Must not run on an event loop. */
    private void writeAndWait() {
        try {
            VertxContextSupport.subscribeAndAwait(() -> UniHelper.toUni(last.transform(before -> writeAll()))
                    .ifNoItem()
                    .after(LAST_FLUSH)
                    .fail());
        } catch (Throwable e) {
            report.lost(e);
        }
        repository.close();
    }

    /** Adds the counts of all keys to the database, with several statements if there are many keys. */
    private Future<Void> writeAll() {
        return write().compose(written -> counts.hasMore() ? writeAll() : Future.succeededFuture());
    }

    /** Adds counts to the database with one statement. The answer never fails. */
    private Future<Void> write() {
        return vertx.executeBlocking(counts::take, false).compose(batch -> {
            boolean noted = System.nanoTime() - notedAt < NOTE_NANOS;
            if (batch.isEmpty() && noted) {
                return Future.succeededFuture();
            }
            report.began();
            return repository
                    .connection()
                    .compose(connection -> noted ? Future.succeededFuture(connection) : note(connection))
                    .compose(connection -> add(connection, batch), failure -> keep(batch, failure));
        });
    }

    private Future<Void> add(PgConnection connection, CountBatch batch) {
        if (batch.isEmpty()) {
            report.stored();
            return Future.succeededFuture();
        }
        return CountRepository.add(connection, batch)
                .compose(
                        totals -> {
                            batch.acknowledged(totals);
                            report.stored();
                            return Future.succeededFuture();
                        },
                        failure -> failure instanceof PgException ? keep(batch, failure) : drop(failure));
    }

    private Future<PgConnection> note(PgConnection connection) {
        return CountRepository.noteCounting(connection)
                .onSuccess(noted -> notedAt = System.nanoTime())
                .map(connection);
    }

    private Future<Void> keep(CountBatch batch, Throwable failure) {
        counts.giveBack(batch);
        report.refused(failure);
        return Future.succeededFuture();
    }

    private Future<Void> drop(Throwable failure) {
        report.lost(failure);
        return Future.succeededFuture();
    }
}
