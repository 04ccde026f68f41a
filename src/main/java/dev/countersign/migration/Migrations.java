package dev.countersign.migration;

import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.postgres.connection.DatabaseUrl;
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
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Migrates the schema with Flyway at the start, before other code uses the database.
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
            case AT_START -> migrate();
            case ONLY -> {
                migrate();
                Quarkus.asyncExit(0);
                throw new PreventFurtherStepsException();
            }
            case NEVER -> {
                // SchemaCheck checks the schema without blocking the start.
            }
        }
    }

    private void migrate() {
        try {
            var result = flyway().migrate();
            LOG.infof(
                    "%d migrations applied, this program needs schema version %d",
                    result.migrationsExecuted, SchemaVersion.NEEDED);
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

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(dataSource())
                .resourceProvider(new MigrationScripts())
                .connectRetries(CONNECT_RETRIES)
                .connectRetriesInterval(1)
                .load();
    }

    private PGSimpleDataSource dataSource() {
        var connection = config.connection();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(DatabaseUrl.parse(connection.requireUrl()).jdbc());
        connection.username().ifPresent(source::setUser);
        connection.password().ifPresent(source::setPassword);
        source.setConnectTimeout((int) connection.connectTimeout().toSeconds());
        connection.sslMode().ifPresent(mode -> source.setSslMode(mode.value));
        connection.sslRootCert().ifPresent(file -> source.setSslRootCert(file.toString()));
        return source;
    }
}
