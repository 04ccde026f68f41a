package dev.countersign.postgres.driver;

import io.netty.channel.Channel;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.pgclient.impl.PgPoolOptions;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Database driver: builds the pools of database connections, and opens single ones, so that each connection goes to a suitable
 * server, and is closed if it has not logged in within {@code connect-timeout}. The driver's own timeout covers only the TCP
 * handshake, and a frozen server still completes the handshake. The pools of this driver open their connections in the same
 * way.
 */
public final class LoginDeadlineDriver extends PgDriver {

    private final ServerChoice servers;
    private final Duration loginLimit;

    public LoginDeadlineDriver(ServerChoice servers, Duration loginLimit) {
        this.servers = servers;
        this.loginLimit = loginLimit;
    }

    /** Builds a pool whose connections are shared: each sends statements without waiting for earlier answers. */
    public Pool pipelinedPool(Vertx vertx, PoolOptions limits) {
        return pool(vertx, new PgPoolOptions(limits).setPipelined(true));
    }

    /**
     * Builds a pool that lends each connection to one session at a time.
     *
     * @param limits without a time limit, which {@link SessionPool} sets
     * @param patience how long a session waits for a connection
     */
    public SessionPool sessionPool(Vertx vertx, PoolOptions limits, Duration patience) {
        return new SessionPool(vertx, pool(vertx, limits), patience);
    }

    /** Returns a function that opens a connection outside any pool. */
    public Supplier<Future<PgConnection>> connector(Vertx vertx) {
        ConnectionFactory factory = createConnectionFactory(vertx, LoginDeadlineDriver::unusedAddress);
        return () -> factory.connect(VertxContext.getRootContext(vertx.getOrCreateContext()))
                .map(PgConnection.class::cast);
    }

    @Override
    public ConnectionFactory createConnectionFactory(
            Vertx vertx, Supplier<? extends Future<? extends SqlConnectOptions>> databases) {
        return new PgConnectionFactory((VertxInternal) vertx, databases) {
            @Override
            public Future<SqlConnection> connect(Context context) {
                return servers.connect(server -> connect(context, server));
            }

            @Override
            protected NetClient netClient(NetClientOptions options) {
                return new ObservedNetClient(super.netClient(options), LoginDeadlineDriver.this::limitLogin);
            }
        };
    }

    private Pool pool(Vertx vertx, PoolOptions limits) {
        return ClientBuilder.pool(this)
                .with(limits)
                .connectingTo(LoginDeadlineDriver::unusedAddress)
                .using(vertx)
                .build();
    }

    /** Never asked, because {@link ServerChoice} chooses the server. */
    private static Future<SqlConnectOptions> unusedAddress() {
        return Future.failedFuture("unused");
    }

    private void limitLogin(NetSocket socket) {
        Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
        var unused = channel.eventLoop()
                .schedule(() -> abortUnlessLoggedIn(channel), loginLimit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A connection gets its {@link ResponseDeadline} after the login, so a channel without one has not logged in. */
    private static void abortUnlessLoggedIn(Channel channel) {
        if (channel.isOpen() && !ResponseDeadline.isSet(channel)) {
            ResponseDeadline.abort(channel);
        }
    }
}
