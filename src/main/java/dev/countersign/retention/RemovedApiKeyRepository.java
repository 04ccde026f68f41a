package dev.countersign.retention;

import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Deletes the records of removed API keys, which triggers of the database write, once they are older than the configuration
 * keeps.
 */
@Singleton
public class RemovedApiKeyRepository implements ExpiredRows {

    private final RetentionRepository rows;
    private final Duration kept;

    RemovedApiKeyRepository(RetentionRepository rows, RetentionConfig config) {
        this.rows = rows;
        this.kept = config.removedKeys();
    }

    @Override
    public String kind() {
        return "removed API keys";
    }

    @Override
    public Future<Integer> removeBatch() {
        return rows.removeOlder("removed_api_key", "date_removed", kept);
    }
}
