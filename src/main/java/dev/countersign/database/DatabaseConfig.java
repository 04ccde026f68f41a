package dev.countersign.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
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

        /** The role to log in as. */
        Optional<String> username();

        /** Its password. */
        Optional<String> password();

        /** Connections of each instance at most; times the instances, they must stay below what PostgreSQL admits. */
        int poolSize();
    }
}
