package dev.countersign.postgres.connection;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Adds time limits and encryption to the options with which each connection to the database opens. */
@Singleton
public class ConnectOptions {

    /** The longest time that the transaction of a lost instance keeps its locks. */
    private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(10);

    /** The length of the longest SQL text that PostgreSQL prepares once a connection; merged statements are long. */
    private static final int LONGEST_PREPARED = 4_096;

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
