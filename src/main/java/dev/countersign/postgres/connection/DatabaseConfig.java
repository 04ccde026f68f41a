package dev.countersign.postgres.connection;

import dev.countersign.postgres.pool.Statements;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.vertx.pgclient.SslMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The PostgreSQL database of the service, and when its schema is brought up to date. */
@ConfigMapping(prefix = "countersign")
public interface DatabaseConfig {

    /** When migrations run: in production as a step of their own, so that a cold start never waits for them. */
    Migrate migrate();

    @WithName("db")
    Connection connection();

    /** When to migrate. */
    enum Migrate {
        /** At each start, before the first request. */
        AT_START,
        /** Not at all; a start on an old schema refuses. */
        NEVER,
        /** Migrate and exit with status 0. */
        ONLY
    }

    /** How the database is reached. */
    interface Connection {
        /** Such as {@code postgresql://db.example.com:5432/countersign}; required. */
        Optional<String> url();

        /** The URL. */
        default String requireUrl() {
            return url().orElseThrow(
                            () -> new ConfigurationException("countersign.db.url is not set; it should look like"
                                    + " postgresql://db.example.com:5432/countersign (COUNTERSIGN_DB_URL)"));
        }

        /** The role to log in as. */
        Optional<String> username();

        /** Its password. */
        Optional<String> password();

        /**
         * Connections of each instance at most, half for {@link Statements} and half for sessions, with one each at
         * least; times the instances, they must stay below what PostgreSQL admits.
         */
        int poolSize();

        /** How many of them are for {@link Statements}. */
        default int forStatements() {
            return Math.max(1, poolSize() / 2);
        }

        /** How many of them are for sessions. */
        default int forSessions() {
            return Math.max(1, poolSize() - forStatements());
        }

        /** How long opening a connection may take, and then logging in on it. */
        @WithDefault("2s")
        Duration connectTimeout();

        /** How long a request may wait for a connection while all are busy or none can be opened. */
        @WithDefault("2s")
        Duration acquireTimeout();

        /** After how long the server cancels a statement; 0 leaves that to the server's own setting. */
        @WithDefault("2s")
        Duration statementTimeout();

        /**
         * After how long without the answer to a statement a connection is given up and closed. Longer than
         * {@link #statementTimeout}, as the server's own word is worth more.
         */
        @WithDefault("3s")
        Duration responseTimeout();

        /** Encryption, as {@code sslmode} of libpq has it; unset, the URL's {@code sslmode} counts, or none is used. */
        Optional<SslMode> sslMode();

        /** A PEM file of the certificates that the server's must be signed by; unset, those that the JVM trusts. */
        Optional<Path> sslRootCert();
    }
}
