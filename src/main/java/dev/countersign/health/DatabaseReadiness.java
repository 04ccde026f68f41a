package dev.countersign.health;

import dev.countersign.migration.SchemaVersion;
import dev.countersign.migration.SchemaVersion.Installed;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.sqlstate.DatabaseFault;
import dev.countersign.sqlstate.DatabaseStateLog;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready: the database answers in time and takes writes, its schema is as new as this program needs, and the pool has a
 * connection for a session. The database is asked on a connection of the probe's own.
 */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements AsyncHealthCheck {

    /** Below the time limit that a prober sets, which is a second where it sets none. */
    private static final Duration PATIENCE = Duration.ofMillis(900);

    /** Within that, where there is doubt about the pool. */
    private static final Duration PATIENCE_FOR_POOL = Duration.ofMillis(200);

    private final SchemaVersion schema;
    private final Sessions sessions;
    private final DatabaseStateLog state;

    DatabaseReadiness(SchemaVersion schema, Sessions sessions, DatabaseStateLog state) {
        this.schema = schema;
        this.sessions = sessions;
        this.state = state;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return schema.installed(PATIENCE)
                .flatMap(found -> sessions.areUsedUp(PATIENCE_FOR_POOL).map(usedUp -> response(found, usedUp)))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(state::failed)
                .onFailure()
                .recoverWithItem(DatabaseReadiness::failed);
    }

    private static HealthCheckResponse response(Installed found, boolean usedUp) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("database");
        if (!found.takesWrites()) {
            response = down("read only");
        } else if (usedUp) {
            response = down("pool used up");
        } else {
            response.status(found.schema() >= SchemaVersion.NEEDED);
        }
        return response.withData("schema", found.schema())
                .withData("needed", SchemaVersion.NEEDED)
                .build();
    }

    /** A database that answers with a refusal is within reach: the log has the words to its SQL state. */
    private static HealthCheckResponse failed(Throwable failure) {
        String sqlState = DatabaseFault.state(failure);
        return sqlState == null
                ? down("out of reach").build()
                : down("refused").withData("sqlState", sqlState).build();
    }

    private static HealthCheckResponseBuilder down(String reason) {
        return HealthCheckResponse.named("database").down().withData("reason", reason);
    }
}
