package dev.countersign.postgres.connection;

import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Opens connections through the driver of Vert.x, and closes one that has not logged in within {@code connect-timeout}.
 * The driver's own timeout covers only the TCP handshake, and a frozen server still completes the handshake.
 */
public final class LoginDeadlineDriver extends PgDriver {

    private final DatabaseServers servers;
    private final Duration loginLimit;

    public LoginDeadlineDriver(DatabaseServers servers, Duration loginLimit) {
        this.servers = servers;
        this.loginLimit = loginLimit;
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
