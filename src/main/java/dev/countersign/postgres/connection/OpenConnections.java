package dev.countersign.postgres.connection;

import dev.countersign.sqlstate.DatabaseStateLog;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All connections to the database, of the pools and outside of them. If the server of one of them refuses a write or goes
 * away, a new connection shows where the route leads. If that server takes writes, all connections to servers that take none
 * are closed, because a pool would keep them. If it takes none, they stay open and serve reads.
 */
@Singleton
public class OpenConnections {

    /** The name that Vert.x gives to its own end of the pipeline. */
    private static final String DRIVER = "handler";

    private final Duration responseTimeout;
    private final DatabaseStateLog state;
    private final Set<SqlConnection> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable RouteWatch route;

    OpenConnections(DatabaseConfig config, DatabaseStateLog state) {
        this.responseTimeout = config.connection().responseTimeout();
        this.state = state;
    }

    /** Watches a new connection until it is closed. */
    void add(SqlConnection connection) {
        ChannelPipeline pipeline = pipeline(connection);
        pipeline.addBefore(DRIVER, ServerFaultListener.NAME, new ServerFaultListener(connection, this, state));
        pipeline.addBefore(DRIVER, ResponseDeadline.NAME, new ResponseDeadline(responseTimeout));
        open.add(connection);
        Channel channel = pipeline.channel();
        channel.closeFuture().addListener(closed -> open.remove(connection));
    }

    /**
     * Lets {@link #check} look at the route.
     *
     * @param opener opens a connection, which is closed after one query
     */
    public void watchRoute(Vertx vertx, Supplier<Future<SqlConnection>> opener) {
        route = new RouteWatch(vertx, opener, state, this::closeReadOnly);
    }

    /** Looks at the route, and closes connections that take no writes if the route leads to a server that does. */
    public void check() {
        RouteWatch watch = route;
        if (watch != null) {
            watch.check();
        }
    }

    /** Whether the last look at the route found a server that takes no writes. */
    public boolean isRouteReadOnly() {
        RouteWatch watch = route;
        return watch != null && watch.isReadOnly();
    }

    /** Whether a connection is open still. */
    boolean isOpen(SqlConnection connection) {
        return open.contains(connection);
    }

    private void closeReadOnly() {
        open.forEach(connection -> isReadOnly(connection).onSuccess(readOnly -> {
            if (readOnly) {
                connection.close();
            }
        }));
    }

    /** Whether writes would be refused on a connection. */
    static Future<Boolean> isReadOnly(SqlConnection connection) {
        return connection.query("show transaction_read_only").execute().map(rows -> "on"
                .equals(rows.iterator().next().getString(0)));
    }

    private static ChannelPipeline pipeline(SqlConnection connection) {
        Connection inner = ((SqlConnectionInternal) connection).unwrap();
        while (!(inner instanceof SocketConnectionBase socket)) {
            inner = inner.unwrap();
        }
        return socket.socket().channelHandlerContext().pipeline();
    }
}
