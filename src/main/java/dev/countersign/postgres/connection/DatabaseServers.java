package dev.countersign.postgres.connection;

import dev.countersign.postgres.connection.DatabaseUrl.Target;
import dev.countersign.postgres.driver.ServerChoice;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens each database connection to the first suitable server of those that the URL names. A server is suitable if the
 * login succeeds and, if the URL demands a primary, the server takes writes. If no server takes writes, the first that
 * accepts the login serves reads. The order is that of the URL, starting at the last suitable server.
 */
public final class DatabaseServers implements ServerChoice {

    private final List<PgConnectOptions> servers;
    private final ConnectOptions settings;
    private final Target target;
    private final OpenConnections connections;
    private volatile int lastGood;

    public DatabaseServers(
            List<PgConnectOptions> servers, ConnectOptions settings, Target target, OpenConnections connections) {
        this.servers = servers;
        this.settings = settings;
        this.target = target;
        this.connections = connections;
    }

    /**
     * Opens a watched connection; fails with the failure of the last server.
     *
     * @param connector opens a connection to one server
     */
    @Override
    public Future<SqlConnection> connect(Function<PgConnectOptions, Future<SqlConnection>> connector) {
        return connect(connector, lastGood, servers.size(), null);
    }

    /**
     * Tries the remaining servers in turn.
     *
     * @param spare a connection to an earlier server that takes no writes, or null
     */
    private Future<SqlConnection> connect(
            Function<PgConnectOptions, Future<SqlConnection>> connector,
            int index,
            int left,
            @Nullable SqlConnection spare) {
        Future<SqlConnection> opened =
                connector.apply(servers.get(index)).onSuccess(connections::add).onSuccess(settings::readByIndexes);
        return opened.compose(this::isSuitable).transform(judged -> {
            if (judged.succeeded() && judged.result()) {
                lastGood = index;
                close(spare);
                return opened;
            }
            boolean reads = judged.succeeded() && spare == null;
            if (!reads) {
                close(opened.result());
            }
            SqlConnection kept = reads ? opened.result() : spare;
            return left > 1
                    ? connect(connector, (index + 1) % servers.size(), left - 1, kept)
                    : useSpare(kept, judged.cause());
        });
    }

    private Future<Boolean> isSuitable(SqlConnection connection) {
        return target == Target.ANY
                ? Future.succeededFuture(true)
                : OpenConnections.isReadOnly(connection).map(readOnly -> !readOnly);
    }

    /** Uses the spare connection for reads, because no server takes writes. */
    private Future<SqlConnection> useSpare(@Nullable SqlConnection spare, @Nullable Throwable failure) {
        if (spare == null || !connections.isOpen(spare)) {
            return Future.failedFuture(failure == null ? new ClosedChannelException() : failure);
        }
        connections.check();
        return Future.succeededFuture(spare);
    }

    private static void close(@Nullable SqlConnection unwanted) {
        if (unwanted != null) {
            unwanted.close();
        }
    }
}
