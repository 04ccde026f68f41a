package dev.countersign.retention;

import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Deletes the records of removed client keys, which triggers of the database write, once they are older than the configuration
 * keeps.
 */
@Singleton
public class RemovedClientKeyRepository implements ExpiredRows {

    private final RetentionRepository rows;
    private final Duration kept;

    RemovedClientKeyRepository(RetentionRepository rows, RetentionConfig config) {
        this.rows = rows;
        this.kept = config.removedKeys();
    }

    @Override
    public String kind() {
        return "removed client keys";
    }

    @Override
    public Future<Integer> removeBatch() {
        return rows.removeOlder("removed_client_key", "date_removed", kept);
    }
}
