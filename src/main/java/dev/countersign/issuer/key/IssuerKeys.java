package dev.countersign.issuer.key;

import dev.countersign.issuer.setting.KeySetting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the public keys of one issuer, and loads them when tokens come: for the first token, again after some minutes, and for
 * a token whose key is unknown. All tokens share one load. After a failed load the earlier keys stay, until they are too old.
 *
 * <p>Safe for use by many threads; nothing blocks.
 */
public final class IssuerKeys {

    /** The most keys of an issuer. */
    public static final int MAX_KEYS = KeySet.MAX_KEYS;

    private static final Logger LOG = Logger.getLogger(IssuerKeys.class);

    private final String issuer;
    private final KeySource source;
    private final KeySchedule schedule;
    private final LongSupplier nanoTime;
    private final LoadListener listener;

    private volatile @Nullable Loaded loaded;
    private volatile long nextLoad;
    private @Nullable Promise<Void> running;
    private int failures;
    private long lastUnknown;

    /** Interface: is told of each load. */
    public interface LoadListener {

        /** The keys of the issuer are others now. */
        void changed();

        /** A load has ended. */
        void ended(boolean succeeded);
    }

    /** Holds keys with the time at which they were last loaded, or loaded again without a change. */
    private record Loaded(KeySet keys, long nanos) {}

    /** @param nanoTime the time of {@link System#nanoTime} */
    IssuerKeys(String issuer, KeySource source, KeySchedule schedule, LongSupplier nanoTime, LoadListener listener) {
        this.issuer = issuer;
        this.source = source;
        this.schedule = schedule;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.nextLoad = nanoTime.getAsLong();
        this.lastUnknown = nextLoad - schedule.unknownKey().toNanos();
    }

    /** The keys of an issuer; loads nothing yet. */
    public static IssuerKeys of(Vertx vertx, String issuer, KeySetting setting, LoadListener listener) {
        KeySource source = setting.url() != null
                ? new UrlKeySource(vertx, setting.url(), setting)
                : new FileKeySource(vertx, Objects.requireNonNull(setting.file()));
        KeySchedule schedule =
                setting.url() != null ? KeySchedule.url(setting.maxStale()) : KeySchedule.file(setting.maxStale());
        return new IssuerKeys(issuer, source, schedule, System::nanoTime, listener);
    }

    /** The ids of the keys in use; empty where there are none, or they are too old. */
    public Set<String> ids() {
        Loaded now = loaded;
        return now == null || !isUsable() ? Set.of() : now.keys.keys().keySet();
    }

    /** Whether there are keys, and they are not too old. */
    public boolean isUsable() {
        Loaded now = loaded;
        return now != null
                && nanoTime.getAsLong() - now.nanos <= schedule.maxStale().toNanos();
    }

    /** The key with an id; null if there is none, or the keys are too old. */
    public @Nullable VerificationKey find(String id) {
        Loaded now = loaded;
        return now != null && isUsable() ? now.keys.find(id) : null;
    }

    /** The age of the keys in seconds; not a number where none were loaded. */
    public double ageSeconds() {
        Loaded now = loaded;
        return now == null ? Double.NaN : (nanoTime.getAsLong() - now.nanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** The whole seconds until the next attempt to load, at least 1. */
    public long secondsToNextLoad() {
        return Math.max(
                1, TimeUnit.NANOSECONDS.toSeconds(nextLoad - nanoTime.getAsLong() + TimeUnit.SECONDS.toNanos(1) - 1));
    }

    /**
     * Starts a load that is due, and says whether the caller must wait.
     *
     * @return the load to wait for, which succeeds whatever becomes of it; null if the caller can go on
     */
    public @Nullable Future<Void> prepare() {
        boolean due = nanoTime.getAsLong() - nextLoad >= 0;
        if (!due && isUsable()) {
            return null;
        }
        Future<Void> load = due ? load() : running();
        return load != null && (schedule.waits() || !isUsable()) ? load : null;
    }

    /**
     * Starts a load for a token whose key is unknown, at most one in a minute.
     *
     * @return the load to wait for, which succeeds whatever becomes of it; null if there is none
     */
    public @Nullable Future<Void> loadForUnknown() {
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (now - lastUnknown < schedule.unknownKey().toNanos() || schedule.waits()) {
                return running == null ? null : running.future();
            }
            lastUnknown = now;
        }
        return load();
    }

    private synchronized @Nullable Future<Void> running() {
        return running == null ? null : running.future();
    }

    private Future<Void> load() {
        Promise<Void> started;
        synchronized (this) {
            if (running != null) {
                return running.future();
            }
            started = Promise.promise();
            running = started;
        }
        // A source that throws has failed, too.
        Future.<Void>succeededFuture().compose(any -> source.read()).onComplete(read -> {
            try {
                keep(read.succeeded() ? read.result() : null, read.cause());
            } finally {
                synchronized (this) {
                    running = null;
                }
                started.complete();
            }
        });
        return started.future();
    }

    private void keep(@Nullable KeySet keys, @Nullable Throwable failure) {
        long now = nanoTime.getAsLong();
        if (keys == null) {
            failed(now, String.valueOf(failure == null ? null : failure.getMessage()));
            return;
        }
        Loaded before = loaded;
        loaded = new Loaded(keys, now);
        succeeded(now);
        if (before == null || !before.keys.equals(keys)) {
            listener.changed();
        }
    }

    private void succeeded(long now) {
        nextLoad = now + schedule.refresh().toNanos();
        if (failures > 0) {
            LOG.infof("The keys of issuer %s are loaded again", issuer);
        }
        failures = 0;
        listener.ended(true);
    }

    private void failed(long now, String reason) {
        failures++;
        nextLoad = now + schedule.pauseNanos(failures);
        if (failures == 1) {
            LOG.warnf(
                    "The keys of issuer %s cannot be loaded: %s; %s",
                    issuer, reason, isUsable() ? "the earlier keys stay in use" : "its tokens are answered 503");
        }
        listener.ended(false);
    }
}
