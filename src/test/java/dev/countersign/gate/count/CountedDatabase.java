package dev.countersign.gate.count;

import dev.countersign.gate.known.DatabaseClock;
import dev.countersign.gate.known.GateConfig;
import dev.countersign.testsupport.postgres.OwnPostgres;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A migrated PostgreSQL, and replicas that count in it, without the rest of the service. Register it as a static field. */
final class CountedDatabase implements BeforeAllCallback, AfterAllCallback {

    private static final int PATIENCE_SECONDS = 30;

    private final OwnPostgres postgres = new OwnPostgres();
    private final Vertx vertx = Vertx.vertx();

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, SQLException {
        postgres.beforeAll(context);
        postgres.migrate();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        await(vertx.close());
        postgres.afterAll(context);
    }

    OwnPostgres postgres() {
        return postgres;
    }

    /** A replica with its own memory and connection. */
    Replica replica() {
        return replica(postgres.server().getPort());
    }

    /** A replica that reaches the database by a port. */
    Replica replica(int port) {
        return new Replica(
                new KeyCounts(new DatabaseClock(), config()), await(PgConnection.connect(vertx, options(port))));
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
    record Replica(KeyCounts counts, PgConnection connection) {

        /** Adds all counts to the database. */
        List<WindowTotal> flush() {
            CountBatch batch = counts.take();
            List<WindowTotal> totals = await(CountRepository.add(connection, batch));
            batch.acknowledged(totals);
            return totals;
        }

        /** Adds all counts to the database, but the answer is lost. */
        void flushUnanswered() {
            await(CountRepository.add(connection, counts.take()));
        }

        /** Loses all counts before the database has them. */
        Map<String, Long> lose() {
            return counts.take().unknown();
        }
    }
}
