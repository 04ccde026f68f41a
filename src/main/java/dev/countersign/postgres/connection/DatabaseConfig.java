package dev.countersign.postgres.connection;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.vertx.pgclient.SslMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Configures the connections to the PostgreSQL database, and when migrations of its schema run. */
@ConfigMapping(prefix = "countersign")
public interface DatabaseConfig {

    /** When migrations run. In production they run as a separate step, so that a cold start never waits for them. */
    Migrate migrate();

    @WithName("db")
    Connection connection();

    /** Names the times at which migrations can run. */
    enum Migrate {
        /** At each start, before the first request. */
        AT_START,
        /** Never; the service refuses to start on a schema that is too old. */
        NEVER,
        /** At the start, which then exits with status 0. */
        ONLY
    }

    /** Configures the connections to the database: URL, login, pool size, time limits and encryption. */
    interface Connection {
        /** Such as {@code postgresql://db.example.com:5432/countersign}; required. */
        Optional<String> url();

        /** The URL; fails if it is not set. */
        default String requireUrl() {
            return url().orElseThrow(
                            () -> new ConfigurationException("countersign.db.url is not set; it should look like"
                                    + " postgresql://db.example.com:5432/countersign (COUNTERSIGN_DB_URL)"));
        }

        /** The role to log in as. */
        Optional<String> username();

        /** The password of the role. */
        Optional<String> password();

        /**
         * The most connections of one instance: half for single statements and half for sessions, at least one each.
         * All instances together must stay below the {@code max_connections} of PostgreSQL.
         */
        int poolSize();

        /** The number of connections for single statements. */
        default int forStatements() {
            return Math.max(1, poolSize() / 2);
        }

        /** The number of connections for sessions. */
        default int forSessions() {
            return Math.max(1, poolSize() - forStatements());
        }

        /** How long a TCP connection may take to open, and how long the login may take after that. */
        @WithDefault("2s")
        Duration connectTimeout();

        /** How long a request may wait for a connection or for a lock. */
        @WithDefault("2s")
        Duration acquireTimeout();

        /** The time after which the server cancels a statement; 0 keeps the setting of the server. */
        @WithDefault("2s")
        Duration statementTimeout();

        /**
         * The time without an answer to a statement after which the service closes the connection. Longer than
         * {@link #statementTimeout}, because the server's own error says more.
         */
        @WithDefault("3s")
        Duration responseTimeout();

        /** Encryption, as {@code sslmode} of libpq. Unset: the {@code sslmode} of the URL, or no encryption. */
        Optional<SslMode> sslMode();

        /**
         * A PEM file of the certificates that may sign the server's certificate. Unset: the certificates that the JVM
         * trusts.
         */
        Optional<Path> sslRootCert();
    }
}
