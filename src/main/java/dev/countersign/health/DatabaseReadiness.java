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
 * Readiness check: tests whether the database answers in time and takes writes, its schema is new enough, and the pool has a
 * connection for a session. The query runs on the connection of {@link dev.countersign.postgres.pool.ProbeConnection}.
 */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements AsyncHealthCheck {

    /** Shorter than the time limit of a Kubernetes probe, which is one second by default. */
    private static final Duration PATIENCE = Duration.ofMillis(900);

    /** The part of this time to wait for a connection of the pool, if a session was refused. */
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

    /** Tells a refusal of the database from a missing database. The log has the message for the SQLSTATE. */
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
