package dev.countersign.postgres.connection;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Adds time limits and encryption to the options with which each connection to the database opens, and tells the planner
 * of each new connection to read by indexes.
 */
@Singleton
public class ConnectOptions {

    /** The longest time that the transaction of a lost instance keeps its locks. */
    private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(10);

    /** The length of the longest SQL text that PostgreSQL prepares once a connection; merged statements are long. */
    private static final int LONGEST_PREPARED = 4_096;

    /**
     * A prepared plan lasts until PostgreSQL analyzes its tables. One made while a table was small would read the whole
     * table when the table has grown. The costs that the first setting adds would turn on the compiler of plans.
     */
    private static final String READ_BY_INDEXES = "set enable_seqscan = off; set jit = off";

    private final DatabaseConfig.Connection config;

    ConnectOptions(DatabaseConfig config) {
        this.config = config.connection();
    }

    /**
     * Adds time limits and encryption to options that name the server and the role.
     *
     * @param lockTimeout how long the server waits for a lock before the statement fails
     */
    public PgConnectOptions apply(PgConnectOptions options, Duration lockTimeout) {
        int millis = (int) config.connectTimeout().toMillis();
        options.setConnectTimeout(millis);
        options.setSslHandshakeTimeout(millis).setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        options.setTcpKeepAlive(true);
        options.setPreparedStatementCacheSqlLimit(LONGEST_PREPARED);
        if (!config.statementTimeout().isZero()) {
            options.addProperty(
                    "statement_timeout",
                    String.valueOf(config.statementTimeout().toMillis()));
            options.addProperty("lock_timeout", String.valueOf(lockTimeout.toMillis()));
            options.addProperty("idle_in_transaction_session_timeout", String.valueOf(IDLE_IN_TRANSACTION.toMillis()));
        }
        return encrypt(options);
    }

    /**
     * Sends settings of the planner. Later statements of the connection wait behind them, not for their answer. Not sent
     * without a statement timeout, because a pooler may give the session to another client next.
     */
    void readByIndexes(SqlConnection connection) {
        if (!config.statementTimeout().isZero()) {
            connection.query(READ_BY_INDEXES).execute();
        }
    }

    private PgConnectOptions encrypt(PgConnectOptions options) {
        SslMode mode = config.sslMode().orElse(options.getSslMode());
        boolean verified = mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL;
        options.setSslMode(mode).setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
        if (!verified) {
            return options.setTrustAll(true);
        }
        config.sslRootCert()
                .ifPresent(file -> options.setPemTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        return options;
    }
}
