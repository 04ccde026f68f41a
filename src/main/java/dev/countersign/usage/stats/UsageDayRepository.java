package dev.countersign.usage.stats;

import dev.countersign.retention.ExpiredRows;
import dev.countersign.retention.RetentionConfig;
import dev.countersign.retention.RetentionRepository;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Removes the stored daily counts of events that are older than the configuration keeps. */
@Singleton
public class UsageDayRepository implements ExpiredRows {

    private final RetentionRepository rows;
    private final Duration kept;

    UsageDayRepository(RetentionRepository rows, RetentionConfig config) {
        this.rows = rows;
        this.kept = config.usageDays();
    }

    @Override
    public String kind() {
        return "usage of days";
    }

    @Override
    public Future<Integer> removeBatch() {
        return rows.removeOlder("key_usage_day", "bucket", kept);
    }
}
