package dev.countersign.migration;

import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.postgres.connection.JdbcDatabase;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Migrates the schema with Flyway: at the start where {@code countersign.migrate} says so, before other code uses the
 * database, or for the command {@code countersign migrate}.
 *
 * <p>Flyway and JDBC are plain libraries here and load only for a migration. As Quarkus extensions they would slow
 * every cold start. Two processes that migrate at the same time wait for each other on Flyway's advisory lock.
 */
@ApplicationScoped
public class Migrations {

    private static final Logger LOG = Logger.getLogger(Migrations.class);
    private static final int BEFORE_ALL_ELSE = Interceptor.Priority.PLATFORM_BEFORE;
    private static final int CONNECT_RETRIES = 10;

    private final DatabaseConfig config;

    Migrations(DatabaseConfig config) {
        this.config = config;
    }

    void onStart(@Observes @Priority(BEFORE_ALL_ELSE) StartupEvent started) {
        switch (config.migrate()) {
            case AT_START -> LOG.info(migrate(config.connection()));
            case ONLY -> {
                LOG.info(migrate(config.connection()));
                Quarkus.asyncExit(0);
                throw new PreventFurtherStepsException();
            }
            case NEVER -> {
                // SchemaCheck checks the schema without blocking the start.
            }
        }
    }

    /**
     * Migrates the schema.
     *
     * @return a sentence that says how many migrations were applied
     * @throws ConfigurationException if the database cannot be migrated, with a sentence that says why
     */
    public static String migrate(DatabaseConfig.Connection database) {
        try {
            var result = flyway(database).migrate();
            return result.migrationsExecuted + " migrations applied, this program needs schema version "
                    + SchemaVersion.NEEDED;
        } catch (FlywayException e) {
            throw new ConfigurationException("The database could not be migrated: " + reason(e));
        }
    }

    /** The message of PostgreSQL if there is one, because the message of Flyway begins with a headline. */
    private static String reason(FlywayException failure) {
        Throwable reason = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                reason = cause;
            }
        }
        String message =
                String.valueOf(reason.getMessage()).strip().lines().findFirst().orElse("");
        return reason instanceof SQLException sql ? message + " (" + sql.getSQLState() + ")" : message;
    }

    private static Flyway flyway(DatabaseConfig.Connection database) {
        return Flyway.configure()
                .dataSource(JdbcDatabase.source(database))
                .resourceProvider(new MigrationScripts())
                .connectRetries(CONNECT_RETRIES)
                .connectRetriesInterval(1)
                .load();
    }
}
