package dev.countersign.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the pool, and lets a connection of its own be opened with exactly the settings of those in the pool. */
@Singleton
public class DatabaseConnections implements PgPoolCreator {

    private static final int SILENCE_SECONDS = 3;

    private final AtomicInteger opened = new AtomicInteger();
    private volatile List<PgConnectOptions> servers = List.of();

    @Override
    public Pool create(Input input) {
        servers = List.copyOf(input.pgConnectOptionsList());
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(servers))
                .using(input.vertx())
                .build();
    }

    /** A connection outside the pool; closed by itself when nothing was sent or received on it for three seconds. */
    public Future<PgConnection> open(Vertx vertx) {
        List<PgConnectOptions> all = servers;
        if (all.isEmpty()) {
            return Future.failedFuture(new IllegalStateException("there is no pool yet"));
        }
        PgConnectOptions options = new PgConnectOptions(all.get(Math.floorMod(opened.getAndIncrement(), all.size())));
        options.setReconnectAttempts(0)
                .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(SILENCE_SECONDS))
                .setIdleTimeout(SILENCE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return PgConnection.connect(vertx, options);
    }
}
