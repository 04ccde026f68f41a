package dev.countersign.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.impl.PgPoolOptions;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.spi.ConnectionFactory;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pools: one for sessions, and one for single statements, which share its connections. Lets a connection of its
 * own be opened with exactly their settings: nobody waits without a limit, and a connection that hangs is closed.
 */
@Singleton
public class DatabaseConnections implements PgPoolCreator {

    /** How many statements may be under way on a connection: as many must wait while one of them is slow. */
    private static final int PIPELINED = 16;

    private final ConnectOptions connectOptions;
    private final DatabaseConfig.Connection config;
    private final AtomicInteger opened = new AtomicInteger();
    private volatile @Nullable SqlClient pipelined;
    private volatile @Nullable ConnectionFactory outsideThePools;

    DatabaseConnections(ConnectOptions connectOptions, DatabaseConfig config) {
        this.connectOptions = connectOptions;
        this.config = config.connection();
    }

    @Override
    public Pool create(Input input) {
        List<PgConnectOptions> servers =
                input.pgConnectOptionsList().stream().map(connectOptions::apply).toList();
        servers.forEach(server -> server.setPipeliningLimit(PIPELINED));
        PgDriver driver = new WatchedDriver(config.connectTimeout());
        outsideThePools = driver.createConnectionFactory(input.vertx(), () -> Future.succeededFuture(next(servers)));
        PoolOptions limits = input.poolOptions()
                .setConnectionTimeout((int) config.acquireTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        int forStatements = Math.max(1, config.poolSize() / 2);
        int forSessions = Math.max(1, config.poolSize() - forStatements);
        PoolOptions shared = new PoolOptions(limits).setMaxSize(forStatements).setName("statements");
        pipelined = pool(input.vertx(), driver, servers, new PgPoolOptions(shared).setPipelined(true));
        return pool(
                input.vertx(), driver, servers, limits.setMaxSize(forSessions).setName("sessions"));
    }

    /** What sends statements that need no connection of their own. */
    SqlClient pipelined() {
        return made(pipelined);
    }

    /** A connection outside the pools; closed by itself when a statement on it is not answered in time. */
    public Future<PgConnection> open(Vertx vertx) {
        return made(outsideThePools)
                .connect(vertx.getOrCreateContext())
                .onSuccess(connectOptions::watch)
                .map(PgConnection.class::cast);
    }

    private Pool pool(Vertx vertx, PgDriver driver, List<PgConnectOptions> servers, PoolOptions limits) {
        return ClientBuilder.pool(driver)
                .with(limits)
                .connectingTo(List.<SqlConnectOptions>copyOf(servers))
                .using(vertx)
                .withConnectHandler(connection -> {
                    connectOptions.watch(connection);
                    connection.close();
                })
                .build();
    }

    private PgConnectOptions next(List<PgConnectOptions> servers) {
        return servers.get(Math.floorMod(opened.getAndIncrement(), servers.size()));
    }

    private static <T> T made(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("there is no pool yet");
        }
        return part;
    }
}
