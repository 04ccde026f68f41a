package dev.countersign.postgres.pool;

import dev.countersign.postgres.connection.ConnectOptions;
import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.postgres.connection.DatabaseServers;
import dev.countersign.postgres.connection.DatabaseUrl;
import dev.countersign.postgres.connection.OpenConnections;
import dev.countersign.postgres.driver.LateTimeoutHandler;
import dev.countersign.postgres.driver.LoginDeadlineDriver;
import dev.countersign.postgres.driver.SessionPool;
import dev.countersign.postgres.turn.LockQueues;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds two pools of database connections, one for sessions and one for single statements that share connections, and opens
 * single connections outside the pools. Every wait has a limit, and a connection
 * that hangs is closed. Tells by an event that the pools are built.
 */
@Singleton
public class DatabaseConnections implements PgPoolCreator {

    private final ConnectOptions connectOptions;
    private final OpenConnections open;
    private final DatabaseConfig.Connection config;
    private final Event<DatabaseConnections> built;
    private volatile @Nullable SqlClient pipelined;
    private volatile @Nullable SessionPool sessions;
    private volatile @Nullable Supplier<Future<PgConnection>> unpooled;

    DatabaseConnections(
            ConnectOptions connectOptions,
            OpenConnections open,
            DatabaseConfig config,
            Event<DatabaseConnections> built) {
        this.connectOptions = connectOptions;
        this.open = open;
        this.config = config.connection();
        this.built = built;
    }

    @Override
    public Pool create(Input input) {
        Vertx vertx = input.vertx();
        LateTimeoutHandler.addTo(vertx);
        PoolOptions limits = input.poolOptions().setMaxWaitQueueSize(LockQueues.MAX_WAITERS);
        LoginDeadlineDriver statementDriver = driver(input, LockQueues.STATEMENT_LOCK_TIMEOUT);
        LoginDeadlineDriver sessionDriver = driver(input, LockQueues.SESSION_LOCK_TIMEOUT);
        PoolOptions shared = new PoolOptions(limits)
                .setMaxSize(config.forStatements())
                .setName("statements")
                .setConnectionTimeout((int) config.acquireTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        pipelined = statementDriver.pipelinedPool(vertx, shared);
        SessionPool sessionPool = sessionDriver.sessionPool(
                vertx,
                limits.setMaxSize(config.forSessions()).setName("sessions").setConnectionTimeout(0),
                config.acquireTimeout());
        sessions = sessionPool;
        unpooled = sessionDriver.connector(vertx);
        open.watchRoute(vertx, () -> open().map(SqlConnection.class::cast));
        built.fire(this);
        return sessionPool;
    }

    /** The client for statements that share connections. */
    SqlClient pipelined() {
        return require(pipelined);
    }

    /** Opens a connection outside the pools. The connection closes when a statement is not answered in time. */
    public Future<PgConnection> open() {
        return require(unpooled).get();
    }

    /** Opens a new connection to test the server, and closes read-only connections if the server takes writes. */
    public void check() {
        open.check();
    }

    /** Whether the last new connection led to a server that takes no writes. */
    public boolean isRouteReadOnly() {
        return open.isRouteReadOnly();
    }

    /**
     * Whether all connections for sessions stay lent.
     *
     * @param doubt whether a session was refused; without a doubt the pool is not tried
     * @param patience how long to wait for a connection
     */
    Uni<Boolean> areUsedUp(boolean doubt, Duration patience) {
        return require(sessions).isUsedUp(doubt, patience);
    }

    private LoginDeadlineDriver driver(Input input, Duration lockTimeout) {
        DatabaseUrl url = DatabaseUrl.parse(config.requireUrl());
        PgConnectOptions common = input.pgConnectOptionsList().get(0);
        List<PgConnectOptions> servers = url.servers().stream()
                .map(server -> connectOptions.apply(complete(server, common), lockTimeout))
                .toList();
        return new LoginDeadlineDriver(
                new DatabaseServers(servers, connectOptions, url.target(), open), config.connectTimeout());
    }

    /** Adds the options common to all servers to the options that the URL sets for one server. */
    private static PgConnectOptions complete(PgConnectOptions server, PgConnectOptions common) {
        PgConnectOptions complete = new PgConnectOptions(common);
        complete.setHost(server.getHost());
        complete.setPort(server.getPort());
        complete.setDatabase(server.getDatabase());
        complete.setProperties(server.getProperties());
        return complete.setSslMode(server.getSslMode()).setPipeliningLimit(LockQueues.PIPELINING_LIMIT);
    }

    private static <T> T require(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the pools are not built yet");
        }
        return part;
    }
}
