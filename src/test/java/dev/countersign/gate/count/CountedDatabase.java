package dev.countersign.gate.count;

import dev.countersign.gate.known.DatabaseClock;
import dev.countersign.gate.known.GateConfig;
import dev.countersign.gate.known.KnownKey;
import dev.countersign.testsupport.postgres.OwnPostgres;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A migrated PostgreSQL, and replicas that count in it, without the rest of the service. Register it as a static field. */
final class CountedDatabase implements BeforeAllCallback, AfterAllCallback {

    static final Instant NOON = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(12, ChronoUnit.HOURS);

    private static final int PATIENCE_SECONDS = 120;

    private final OwnPostgres postgres = new OwnPostgres();
    private @Nullable Vertx vertx;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, SQLException {
        vertx = Vertx.vertx();
        postgres.beforeAll(context);
        postgres.migrate();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        await(Objects.requireNonNull(vertx).close());
        postgres.afterAll(context);
    }

    OwnPostgres postgres() {
        return postgres;
    }

    /** Each hour in which events of a key were accepted, with their number, such as {@code 10:00 1}. */
    List<String> hours(KnownKey key) throws SQLException {
        return postgres.texts("""
                select to_char(bucket at time zone 'UTC', 'HH24:MI') || ' ' || sum(accepted) from (
                    select bucket, accepted from key_usage_hour where key_id = %1$d
                    union all select hour, hour_accepted from key_last_seen where key_id = %1$d) stored
                group by bucket order by bucket""".formatted(key.id));
    }

    /** A replica with its own memory and connection. Its clock begins at noon, so that no hour and no day ends during a test. */
    Replica replica() {
        return replica(postgres.server().getPort());
    }

    /** A replica that reaches the database by a port. */
    Replica replica(int port) {
        DatabaseClock clock = new DatabaseClock();
        Replica replica = new Replica(
                clock,
                new KeyCounts(clock, config()),
                await(PgConnection.connect(Objects.requireNonNull(vertx), options(port))));
        replica.setClock(NOON);
        return replica;
    }

    private static PgConnectOptions options(int port) {
        return new PgConnectOptions()
                .setHost("localhost")
                .setPort(port)
                .setDatabase("postgres")
                .setUser("postgres")
                .setCachePreparedStatements(true);
    }

    private static GateConfig config() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(GateConfig.class)
                .build()
                .getConfigMapping(GateConfig.class);
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A replica that counts. */
    static final class Replica {

        private final DatabaseClock clock;
        private final KeyCounts counts;
        private final PgConnection connection;
        private final Map<KnownKey, KnownKey> keys = new HashMap<>();
        private @Nullable CountBatch pending;
        private boolean notes;

        private Replica(DatabaseClock clock, KeyCounts counts, PgConnection connection) {
            this.clock = clock;
            this.counts = counts;
            this.connection = connection;
        }

        KeyCounts counts() {
            return counts;
        }

        /** Sets the clock by which the replica counts. */
        void setClock(Instant time) {
            long now = System.nanoTime();
            clock.measured(now, now, TimeUnit.MILLISECONDS.toMicros(time.toEpochMilli()));
        }

        /** Notes from now on, with all counts, that usage is being counted. */
        void noteCounting() {
            notes = true;
        }

        /** The replica's own object for a key, which keeps the counter of the key. */
        KnownKey own(KnownKey key) {
            return keys.computeIfAbsent(key, any -> KeyFixture.key(key.id, key.window, key.count));
        }

        /** Adds to the database what was not acknowledged before, or else all counts. */
        List<WindowTotal> flush() {
            CountBatch batch = next();
            List<WindowTotal> totals = send(batch);
            batch.acknowledged(totals);
            pending = null;
            return totals;
        }

        /** Closes the connection. Then PostgreSQL's statistics have all that its session did, which may take ten seconds otherwise. */
        void close() {
            await(connection.close());
        }

        /** Adds all counts to the database, but the answer is lost. */
        void flushUnanswered() {
            pending = next();
            send(pending);
        }

        /** Does not get all counts to the database. */
        void flushInVain() {
            pending = next();
        }

        private CountBatch next() {
            return pending == null ? counts.take() : pending;
        }

        private List<WindowTotal> send(CountBatch batch) {
            return await(CountRepository.add(connection, batch.parameters(), notes));
        }
    }
}
