package dev.countersign.postgres.connection;

import dev.countersign.postgres.connection.DatabaseUrl.Target;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.function.Function;

/**
 * Opens connections to the first of several servers that lets the service in and, where that is asked for, takes writes.
 * The order is that of the URL, but begins with the one that was good last.
 */
public final class Servers {

    private static final String READ_ONLY_STATE = "25006";

    private final List<PgConnectOptions> servers;
    private final Target target;
    private final OpenConnections connections;
    private volatile int good;

    public Servers(List<PgConnectOptions> servers, Target target, OpenConnections connections) {
        this.servers = servers;
        this.target = target;
        this.connections = connections;
    }

    /**
     * A new connection, which is watched; fails as the last server does.
     *
     * @param connector opens a connection to one server
     */
    Future<SqlConnection> connect(Function<PgConnectOptions, Future<SqlConnection>> connector) {
        return connect(connector, good, 1);
    }

    private Future<SqlConnection> connect(
            Function<PgConnectOptions, Future<SqlConnection>> connector, int index, int tried) {
        Future<SqlConnection> opened = open(connector.apply(servers.get(index))).onSuccess(connection -> good = index);
        return tried == servers.size()
                ? opened
                : opened.recover(failure -> connect(connector, (index + 1) % servers.size(), tried + 1));
    }

    private Future<SqlConnection> open(Future<SqlConnection> connecting) {
        Future<SqlConnection> opened = connecting.onSuccess(connections::add);
        return target == Target.ANY ? opened : opened.compose(Servers::requireWritable);
    }

    private static Future<SqlConnection> requireWritable(SqlConnection connection) {
        return OpenConnections.isReadOnly(connection).compose(readOnly -> {
            if (!readOnly) {
                return Future.succeededFuture(connection);
            }
            connection.close();
            return Future.failedFuture(new PgException("no server takes writes", "FATAL", READ_ONLY_STATE, null));
        });
    }
}
