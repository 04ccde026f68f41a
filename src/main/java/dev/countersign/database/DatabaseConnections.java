package dev.countersign.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.spi.ConnectionFactory;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pool, and lets a connection of its own be opened with exactly the settings of those in the pool: nobody waits
 * without a limit, and a connection that hangs is closed.
 */
@Singleton
public class DatabaseConnections implements PgPoolCreator {

    private final ConnectOptions connectOptions;
    private final DatabaseConfig.Connection config;
    private final AtomicInteger opened = new AtomicInteger();
    private volatile @Nullable ConnectionFactory outsideThePool;

    DatabaseConnections(ConnectOptions connectOptions, DatabaseConfig config) {
        this.connectOptions = connectOptions;
        this.config = config.connection();
    }

    @Override
    public Pool create(Input input) {
        List<PgConnectOptions> servers =
                input.pgConnectOptionsList().stream().map(connectOptions::apply).toList();
        PgDriver driver = new WatchedDriver(config.connectTimeout());
        outsideThePool = driver.createConnectionFactory(input.vertx(), () -> Future.succeededFuture(next(servers)));
        PoolOptions limits = input.poolOptions()
                .setConnectionTimeout((int) config.acquireTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        return ClientBuilder.pool(driver)
                .with(limits)
                .connectingTo(List.<SqlConnectOptions>copyOf(servers))
                .using(input.vertx())
                .withConnectHandler(connection -> {
                    connectOptions.watch(connection);
                    connection.close();
                })
                .build();
    }

    /** A connection outside the pool; closed by itself when a statement on it is not answered in time. */
    public Future<PgConnection> open(Vertx vertx) {
        ConnectionFactory factory = outsideThePool;
        return factory == null
                ? Future.failedFuture(new IllegalStateException("there is no pool yet"))
                : factory.connect(vertx.getOrCreateContext())
                        .onSuccess(connectOptions::watch)
                        .map(PgConnection.class::cast);
    }

    private PgConnectOptions next(List<PgConnectOptions> servers) {
        return servers.get(Math.floorMod(opened.getAndIncrement(), servers.size()));
    }
}
