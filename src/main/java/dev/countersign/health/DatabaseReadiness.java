package dev.countersign.health;

import dev.countersign.database.SchemaVersion;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready: the database answers in time, and its schema is as new as this program needs. */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements AsyncHealthCheck {

    /** Below the time limit that a prober sets, which is a second where it sets none. */
    private static final Duration PATIENCE = Duration.ofMillis(900);

    private final SchemaVersion schema;

    DatabaseReadiness(SchemaVersion schema) {
        this.schema = schema;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return schema.installed(PATIENCE)
                .map(DatabaseReadiness::answers)
                .onFailure()
                .recoverWithItem(DatabaseReadiness::isAway);
    }

    private static HealthCheckResponse answers(int installed) {
        return HealthCheckResponse.named("database")
                .status(installed >= SchemaVersion.NEEDED)
                .withData("schema", installed)
                .withData("needed", SchemaVersion.NEEDED)
                .build();
    }

    private static HealthCheckResponse isAway() {
        return HealthCheckResponse.named("database")
                .down()
                .withData("reason", "out of reach")
                .build();
    }
}
