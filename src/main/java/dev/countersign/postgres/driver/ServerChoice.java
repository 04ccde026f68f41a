package dev.countersign.postgres.driver;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;

/** Interface: chooses the database server to which a new connection leads. */
@FunctionalInterface
public interface ServerChoice {

    /**
     * Opens a connection to the chosen server; fails where no server can be used.
     *
     * @param connector opens a connection to one server
     */
    Future<SqlConnection> connect(Function<PgConnectOptions, Future<SqlConnection>> connector);
}
