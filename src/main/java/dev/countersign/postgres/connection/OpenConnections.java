package dev.countersign.postgres.connection;

import dev.countersign.sqlstate.DatabaseState;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All connections to the database, of the pools and outside of them. Once one of them learns that its server takes no
 * writes, or goes away, the others are asked, and those that lead to such a server are closed: a pool would keep them.
 */
@Singleton
public class OpenConnections {

    /** The name that Vert.x gives to its own end of the pipeline. */
    private static final String DRIVER = "handler";

    private static final long BETWEEN_CHECKS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Duration responseTimeout;
    private final DatabaseState state;
    private final Set<SqlConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastCheck = new AtomicLong(System.nanoTime() - BETWEEN_CHECKS_NANOS);

    OpenConnections(DatabaseConfig config, DatabaseState state) {
        this.responseTimeout = config.connection().responseTimeout();
        this.state = state;
    }

    /** Watches a new connection until it is closed. */
    void add(SqlConnection connection) {
        ChannelPipeline pipeline = pipeline(connection);
        pipeline.addBefore(DRIVER, FaultWatch.NAME, new FaultWatch(connection, this, state));
        pipeline.addBefore(DRIVER, ResponseDeadline.NAME, new ResponseDeadline(responseTimeout));
        open.add(connection);
        Channel channel = pipeline.channel();
        channel.closeFuture().addListener(closed -> open.remove(connection));
    }

    /** Asks on each connection whether its server takes writes, and closes those where it does not. */
    public void check() {
        long last = lastCheck.get();
        long now = System.nanoTime();
        if (now - last >= BETWEEN_CHECKS_NANOS && lastCheck.compareAndSet(last, now)) {
            open.forEach(connection -> isReadOnly(connection).onSuccess(readOnly -> {
                if (readOnly) {
                    connection.close();
                }
            }));
        }
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
