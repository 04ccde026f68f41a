package dev.countersign.gate.known;

import dev.countersign.announcement.ChangeFeed;
import dev.countersign.gate.source.HexDigits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client key that a request to the gate names: in memory only while the key there is true, otherwise in the database.
 * A key is true
 *
 * <ul>
 *   <li>while all announced changes have been heard and none concerns the key,
 *   <li>for {@value #FRESH_MILLIS} ms after the database was asked for it, and
 *   <li>by exception, during the grace: after the database has been silent for a second.
 * </ul>
 */
@Singleton
public class KnownKeys {

    /** How long a request waits for the database. */
    static final int PATIENCE_MILLIS = 85;

    private static final Logger LOG = Logger.getLogger(KnownKeys.class);
    private static final int FRESH_MILLIS = 700;
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(FRESH_MILLIS);
    private static final int TICK_MILLIS = 250;

    /** A connection that says nothing for longer may be dropped on the way. */
    private static final int TICKS_OF_SILENCE = 60;

    private final GateConfig config;
    private final ChangeFeed feed;
    private final DatabaseClock clock;
    private final KeyReader reader;
    private final Vertx vertx;
    private int ticks;
    private String state = "";

    KnownKeys(GateConfig config, ChangeFeed feed, DatabaseClock clock, KeyReader reader, Vertx vertx) {
        this.config = config;
        this.feed = feed;
        this.clock = clock;
        this.reader = reader;
        this.vertx = vertx;
    }

    /** Static, so that nothing of the gate exists where it is off. */
    static void onStart(
            @Observes StartupEvent started, GateConfig config, Instance<KnownKeys> keys, MeterRegistry registry) {
        if (config.port().isPresent()) {
            keys.get().start(registry);
        }
    }

    static void onStop(@Observes ShutdownEvent stopping, GateConfig config, Instance<KnownKeys> keys) {
        if (config.port().isPresent()) {
            keys.get().reader.stop();
        }
    }

    private void start(MeterRegistry registry) {
        Gauge.builder("countersign.gate.known.keys", this, KnownKeys::size)
                .description("client keys in memory")
                .register(registry);
        reader.start();
        feed.observe(reader);
        vertx.setPeriodic(TICK_MILLIS, timer -> tick());
    }

    /** A key that is in memory and true at this moment; null for every other. Any thread may call, and nothing waits. */
    public @Nullable KnownKey now(String publicKey) {
        KnownKey key = reader.index.get(publicKey);
        if (key == null) {
            return null;
        }
        long now = System.nanoTime();
        if (!isTrue(key, now)) {
            return null;
        }
        markUsed(key, now);
        return key;
    }

    /**
     * Finds a key in memory or in the database.
     *
     * @param then is called exactly once, on the caller's Vert.x context, within 100 ms
     */
    public void find(String publicKey, Consumer<Lookup> then) {
        KnownKey key = now(publicKey);
        long now = System.nanoTime();
        if (key != null) {
            then.accept(new Lookup.Found(key));
        } else if (!isWellFormed(publicKey) || isMissing(publicKey, now)) {
            then.accept(new Lookup.Unknown());
        } else if (reader.contact.isAway(now)
                || !reader.queue.ask(publicKey, vertx.getOrCreateContext(), found(then))) {
            then.accept(reader.unanswered(publicKey));
        }
    }

    /** Whether the keys to know at the start are in memory; true without a gate. */
    public boolean isLoaded() {
        return config.port().isEmpty() || reader.isLoaded();
    }

    /** The number of keys in memory. */
    public int size() {
        return reader.index.size();
    }

    private boolean isTrue(KnownKey key, long now) {
        if (key.stale) {
            return false;
        }
        // In this order: a connection that listens anew is complete only after its generation is new.
        if (feed.isComplete(now) && key.generation == reader.readings.generation()) {
            return true;
        }
        return now - key.asked < FRESH_NANOS || (reader.contact.isAway(now) && !reader.contact.isOver(now));
    }

    private boolean isMissing(String publicKey, long now) {
        return reader.misses.contains(publicKey, now) && reader.index.get(publicKey) == null;
    }

    private Consumer<Lookup> found(Consumer<Lookup> then) {
        return lookup -> {
            if (lookup instanceof Lookup.Found found) {
                markUsed(found.key(), System.nanoTime());
            }
            then.accept(lookup);
        };
    }

    private void markUsed(KnownKey key, long now) {
        long second = clock.second(now);
        if (key.lastSeenSecond != second) {
            key.lastSeenSecond = second;
        }
    }

    /** Whether a text has the form of all public keys: 32 lower-case hexadecimal digits. */
    public static boolean isWellFormed(String publicKey) {
        return HexDigits.are32(publicKey);
    }

    private void tick() {
        ticks++;
        long now = System.nanoTime();
        reader.tick(!feed.isComplete(now) || ticks % TICKS_OF_SILENCE == 0);
        if (reader.isLoaded()) {
            log(reader.contact.isOver(now) ? "over" : reader.contact.isAway(now) ? "away" : "");
        }
    }

    /** Logs when the database goes away, when the grace is over, and when the database is back. */
    private void log(String current) {
        if (current.equals(state)) {
            return;
        }
        state = current;
        switch (current) {
            case "away" ->
                LOG.warnf(
                        "The gate has not heard from the database for a second: keys in memory pass for %s",
                        config.grace());
            case "over" ->
                LOG.warnf(
                        "The gate has not heard from the database for longer than its grace: it is %s",
                        config.onFailure());
            default -> LOG.info("The gate hears from the database again");
        }
    }
}
