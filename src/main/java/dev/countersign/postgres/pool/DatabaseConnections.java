package dev.countersign.postgres.pool;

import dev.countersign.postgres.connection.ConnectOptions;
import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.postgres.connection.DatabaseServers;
import dev.countersign.postgres.connection.DatabaseUrl;
import dev.countersign.postgres.connection.LoginDeadlineDriver;
import dev.countersign.postgres.connection.OpenConnections;
import dev.countersign.postgres.turn.LockQueues;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.impl.PgPoolOptions;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.spi.ConnectionFactory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pools: one for sessions, and one for single statements, which share its connections. Lets a connection of its
 * own be opened with exactly their settings: nobody waits without a limit, and a connection that hangs is closed.
 */
@Singleton
public class DatabaseConnections implements PgPoolCreator {

    /** How many may wait for a connection: more than can be served in time would only cost memory. */
    private static final int MAX_WAITERS = 4096;

    private final ConnectOptions connectOptions;
    private final OpenConnections open;
    private final DatabaseConfig.Connection config;
    private volatile @Nullable SqlClient pipelined;
    private volatile @Nullable SessionPool sessions;
    private volatile @Nullable ConnectionFactory unpooled;

    DatabaseConnections(ConnectOptions connectOptions, OpenConnections open, DatabaseConfig config) {
        this.connectOptions = connectOptions;
        this.open = open;
        this.config = config.connection();
    }

    @Override
    public Pool create(Input input) {
        LateTimeoutLogFilter.ignore(input.vertx());
        PoolOptions limits = input.poolOptions().setMaxWaitQueueSize(MAX_WAITERS);
        PgDriver statementDriver = driver(input, LockQueues.STATEMENT_LOCK_TIMEOUT);
        PgDriver sessionDriver = driver(input, LockQueues.SESSION_LOCK_TIMEOUT);
        PoolOptions shared = new PoolOptions(limits)
                .setMaxSize(config.forStatements())
                .setName("statements")
                .setConnectionTimeout((int) config.acquireTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        pipelined = pool(input.vertx(), statementDriver, new PgPoolOptions(shared).setPipelined(true));
        Pool connections = pool(
                input.vertx(),
                sessionDriver,
                limits.setMaxSize(config.forSessions()).setName("sessions").setConnectionTimeout(0));
        SessionPool sessionPool = new SessionPool((VertxInternal) input.vertx(), connections, config.acquireTimeout());
        sessions = sessionPool;
        unpooled = sessionDriver.createConnectionFactory(input.vertx(), DatabaseConnections::unusedAddress);
        open.watchRoute(input.vertx(), () -> open(input.vertx()).map(SqlConnection.class::cast));
        return sessionPool;
    }

    /** What sends statements that need no connection of their own. */
    SqlClient pipelined() {
        return require(pipelined);
    }

    /** A connection outside the pools; closed by itself when a statement on it is not answered in time. */
    public Future<PgConnection> open(Vertx vertx) {
        return require(unpooled)
                .connect(VertxContext.getRootContext(vertx.getOrCreateContext()))
                .map(PgConnection.class::cast);
    }

    /** Looks at the route, and closes connections that take no writes if the route leads to a server that does. */
    public void check() {
        open.check();
    }

    /** Whether the last look at the route found a server that takes no writes. */
    public boolean isRouteReadOnly() {
        return open.isRouteReadOnly();
    }

    /** Whether every connection for sessions is lent, and none comes back in time; asks only where somebody doubts it. */
    Uni<Boolean> areUsedUp(boolean doubt, Duration patience) {
        return require(sessions).isUsedUp(doubt, patience);
    }

    private PgDriver driver(Input input, Duration lockTimeout) {
        DatabaseUrl url = DatabaseUrl.parse(config.requireUrl());
        PgConnectOptions common = input.pgConnectOptionsList().get(0);
        List<PgConnectOptions> servers = url.servers().stream()
                .map(server -> connectOptions.apply(complete(server, common), lockTimeout))
                .toList();
        return new LoginDeadlineDriver(new DatabaseServers(servers, url.target(), open), config.connectTimeout());
    }

    /** What the URL says of a server, and what is common to all. */
    private static PgConnectOptions complete(PgConnectOptions server, PgConnectOptions common) {
        PgConnectOptions complete = new PgConnectOptions(common);
        complete.setHost(server.getHost());
        complete.setPort(server.getPort());
        complete.setDatabase(server.getDatabase());
        complete.setProperties(server.getProperties());
        return complete.setSslMode(server.getSslMode()).setPipeliningLimit(LockQueues.PIPELINING_LIMIT);
    }

    private static Pool pool(Vertx vertx, PgDriver driver, PoolOptions limits) {
        return ClientBuilder.pool(driver)
                .with(limits)
                .connectingTo(DatabaseConnections::unusedAddress)
                .using(vertx)
                .build();
    }

    /** {@link DatabaseServers} chooses. */
    private static Future<SqlConnectOptions> unusedAddress() {
        return Future.failedFuture("unused");
    }

    private static <T> T require(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("there is no pool yet");
        }
        return part;
    }
}
