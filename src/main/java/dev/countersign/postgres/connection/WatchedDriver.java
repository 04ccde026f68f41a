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
 * The driver, with several servers to choose from and a time limit to logging in: its own limit ends when the server's kernel has accepted the connection,
 * which that of a frozen server does.
 */
public final class WatchedDriver extends PgDriver {

    private final Servers servers;
    private final Duration loginLimit;

    public WatchedDriver(Servers servers, Duration loginLimit) {
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
                return new WatchedNetClient(super.netClient(options), WatchedDriver.this::limitLogin);
            }
        };
    }

    private void limitLogin(NetSocket socket) {
        Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
        var unused = channel.eventLoop()
                .schedule(() -> abortUnlessWatched(channel), loginLimit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whoever logs in is watched from then on. */
    private static void abortUnlessWatched(Channel channel) {
        if (channel.isOpen() && !ResponseDeadline.isSet(channel)) {
            ResponseDeadline.abort(channel);
        }
    }
}
