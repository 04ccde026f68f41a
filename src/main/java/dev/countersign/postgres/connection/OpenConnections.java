package dev.countersign.postgres.connection;

import dev.countersign.postgres.driver.ConnectionHandlers;
import dev.countersign.sqlstate.DatabaseStateLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tracks every open database connection, and after a failover closes those that refuse writes. If a server refuses a
 * write or goes away, a new connection tests the server that the route now leads to. If this server takes writes, all
 * read-only connections close, because a pool would keep them. Otherwise they stay open and serve reads.
 */
@Singleton
public class OpenConnections {

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
        open.add(connection);
        ConnectionHandlers.add(connection, responseTimeout, state, this::check, () -> open.remove(connection));
    }

    /**
     * Enables {@link #check}.
     *
     * @param opener opens a connection, which is closed after one query
     */
    public void watchRoute(Vertx vertx, Supplier<Future<SqlConnection>> opener) {
        route = new RouteWatch(vertx, opener, state, this::closeReadOnly);
    }

    /** Tests the route, and closes read-only connections if the route leads to a server that takes writes. */
    public void check() {
        RouteWatch watch = route;
        if (watch != null) {
            watch.check();
        }
    }

    /** Whether the last test of the route found a server that takes no writes. */
    public boolean isRouteReadOnly() {
        RouteWatch watch = route;
        return watch != null && watch.isReadOnly();
    }

    /** Whether a connection is still open. */
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

    /** Whether a connection refuses writes. */
    static Future<Boolean> isReadOnly(SqlConnection connection) {
        return connection.query("show transaction_read_only").execute().map(rows -> "on"
                .equals(rows.iterator().next().getString(0)));
    }
}
