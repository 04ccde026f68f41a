package dev.countersign.gate.known;

import dev.countersign.announcement.ChangeObserver;
import dev.countersign.gate.source.Contact;
import dev.countersign.gate.source.LookupConnection;
import dev.countersign.gate.source.LookupQueue;
import dev.countersign.gate.source.Readings;
import dev.countersign.gate.source.Readings.Reading;
import dev.countersign.gate.source.RecentMisses;
import io.quarkus.arc.All;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads client keys from the database into the {@link KeyIndex} of the gate: the first ones at the start, others when a request
 * asks for them, and each again when an announcement says that it may have changed. One statement is under way at a time, for
 * many keys; one event loop does all of it.
 */
@Singleton
class KeyReader implements ChangeObserver {

    private static final int BATCH = 1000;
    private static final int PATIENCE_MILLIS = 250;

    /** The first load reads rows that the database has not read lately, and no request waits for it. */
    private static final int LOAD_PATIENCE_MILLIS = 2500;

    final KeyIndex index;
    final RecentMisses misses = new RecentMisses();
    final Contact contact;
    final LookupQueue<Lookup> queue;
    final Readings readings;

    private final Context loop;
    private final LookupConnection connection;
    private final DatabaseClock clock;
    private final List<KeyLoadListener> listeners;
    private final boolean opensOnFailure;
    private final KnownKeyTable.FirstLoad load = new KnownKeyTable.FirstLoad();
    private boolean loadsNext = true;
    private volatile boolean loaded;

    KeyReader(
            Vertx vertx,
            GateConfig config,
            LookupConnection connection,
            DatabaseClock clock,
            @All List<KeyLoadListener> listeners) {
        this.connection = connection;
        this.clock = clock;
        this.listeners = listeners;
        this.opensOnFailure = config.onFailure() == GateConfig.OnFailure.OPEN;
        this.index = new KeyIndex(config.knownKeys());
        this.contact = new Contact(config.grace());
        this.loop = VertxContext.getRootContext(vertx.getOrCreateContext());
        this.queue = new LookupQueue<>(loop, KnownKeys.PATIENCE_MILLIS, this::pump, this::unanswered);
        this.readings = new Readings(loop, connection, contact, subjects -> {
            subjects.forEach(index::markChanged);
            pump();
        });
    }

    /** Opens the connection and begins to load. */
    void start() {
        loop.runOnContext(any -> connection.open(this::pump));
    }

    void stop() {
        loop.runOnContext(any -> connection.close());
    }

    /** Whether the first load is complete. */
    boolean isLoaded() {
        return loaded;
    }

    /** Forgets what is over. Asks whether the database is there if that is in doubt and no statement is under way. */
    void tick(boolean inDoubt) {
        loop.runOnContext(any -> {
            misses.forget(System.nanoTime());
            pump();
            if (inDoubt && readings.isReady()) {
                ask(new LinkedHashSet<>());
            }
        });
    }

    /** The answer about a key of which the database does not say anything in time. */
    Lookup unanswered(String publicKey) {
        KnownKey key = index.get(publicKey);
        if (contact.isOver(System.nanoTime())) {
            return !opensOnFailure
                    ? new Lookup.Unavailable()
                    : key == null ? new Lookup.PassUnknown() : new Lookup.Found(key);
        }
        return key == null || key.stale ? new Lookup.Unavailable() : new Lookup.Found(key);
    }

    @Override
    public void changed(String subject) {
        readings.changed(subject);
    }

    @Override
    public void anythingChanged() {
        readings.anythingChanged();
        loop.runOnContext(any -> {
            index.unsettle();
            pump();
        });
    }

    @Override
    public void complete(long asked, long databaseMicros) {
        contact.heard(asked);
        clock.measured(asked, System.nanoTime(), databaseMicros);
    }

    /** Sends the next statement, if one can be sent. Look-ups and pages of the first load take turns. */
    private void pump() {
        if (!readings.isReady()) {
            return;
        }
        boolean waited = queue.hasUnasked() || index.hasChanged();
        if (!loaded && (loadsNext || !waited)) {
            loadsNext = false;
            loadPage();
            return;
        }
        loadsNext = true;
        Set<String> publicKeys = new LinkedHashSet<>();
        queue.take(publicKeys, BATCH);
        index.takeUnread(publicKeys, publicKeys.size() + BATCH / 2, readings.generation());
        if (!publicKeys.isEmpty()) {
            ask(publicKeys);
        }
    }

    private void loadPage() {
        readings.send(load.sql(), load.parameters(), LOAD_PATIENCE_MILLIS, (rows, reading) -> {
            rows.forEach(row -> read(row, reading));
            load.pass(rows);
            loaded = load.isOver() || index.isFull();
        });
    }

    private void ask(Set<String> publicKeys) {
        readings.send(
                        KnownKeyTable.BY_PUBLIC_KEY,
                        KnownKeyTable.publicKeys(publicKeys),
                        PATIENCE_MILLIS,
                        (rows, reading) -> {
                            Set<String> missing = new HashSet<>(publicKeys);
                            rows.forEach(row -> missing.remove(read(row, reading)));
                            missing.forEach(publicKey -> forget(publicKey, reading));
                            queue.answer(this::answer);
                        })
                .onFailure(failure -> queue.answerNothing());
    }

    private Lookup answer(String publicKey) {
        KnownKey key = index.get(publicKey);
        return key == null ? new Lookup.Unknown() : new Lookup.Found(key);
    }

    private void forget(String publicKey, Reading reading) {
        KnownKey removed = index.get(publicKey);
        if (removed != null) {
            index.remove(removed);
        }
        misses.add(publicKey, reading.asked());
    }

    /** Reads a row into memory, unless the form of its public key is such that nobody can ask about it; answers the public key. */
    private String read(Row row, Reading reading) {
        KnownKey.Row stored = KnownKeyTable.key(row);
        if (!KnownKeys.isWellFormed(stored.publicKey())) {
            return stored.publicKey();
        }
        KnownKey former = index.get(stored.publicKey());
        KnownKey key = former != null && stored.isOf(former) ? former : KnownKeyTable.newKey(row, stored, former);
        key.confirm(reading.asked(), reading.generation());
        if (key != former) {
            listeners.forEach(listener ->
                    listener.loaded(key, KnownKeyTable.windowStartMillis(row), KnownKeyTable.windowTotal(row)));
            index.put(key);
        }
        if (readings.mayBeOld(key.id, key.projectId, key.organizationId)) {
            index.markChanged(key);
        }
        return stored.publicKey();
    }
}
