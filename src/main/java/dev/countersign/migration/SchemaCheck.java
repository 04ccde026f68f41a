package dev.countersign.migration;

import dev.countersign.migration.SchemaVersion.Installed;
import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.postgres.connection.DatabaseConfig.Migrate;
import dev.countersign.sqlstate.DatabaseStateLog;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Checks the schema version in the background, and stops the service if the schema of the database is too old for this
 * program. The service starts without the database, and becomes ready once the database answers and its schema is new
 * enough.
 */
@ApplicationScoped
public class SchemaCheck {

    private static final Logger LOG = Logger.getLogger(SchemaCheck.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Migrate migrate;
    private final SchemaVersion schema;
    private final DatabaseStateLog state;
    private @Nullable Cancellable check;
    private volatile boolean waiting;

    SchemaCheck(DatabaseConfig config, SchemaVersion schema, DatabaseStateLog state) {
        this.migrate = config.migrate();
        this.schema = schema;
        this.state = state;
    }

    void onStart(@Observes StartupEvent started) {
        if (migrate == Migrate.NEVER) {
            check = schema.installed(PATIENCE)
                    .onFailure()
                    .invoke(this::reportFailure)
                    .onFailure()
                    .retry()
                    .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                    .indefinitely()
                    .subscribe()
                    .with(this::handleVersion, failure -> LOG.error("The schema could not be checked", failure));
        }
    }

    void onStop(@Observes ShutdownEvent stopping) {
        if (check != null) {
            check.cancel();
        }
    }

    private void reportFailure(Throwable failure) {
        state.failed(failure);
        waiting = true;
    }

    private void handleVersion(Installed found) {
        int installed = found.schema();
        if (installed < SchemaVersion.NEEDED) {
            LOG.fatal(new OldSchemaException(installed).getMessage());
            Quarkus.asyncExit(1);
        } else if (waiting) {
            LOG.infof("The database answers, and its schema is at version %d", installed);
        }
    }
}
