package dev.countersign.gate.count;

import dev.countersign.retention.ExpiredRows;
import dev.countersign.retention.RetentionRepository;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Removes the stored flush numbers of replicas that have added no counts for so long that they are gone. */
@Singleton
public class FlushNumbers implements ExpiredRows {

    private static final Duration KEPT = Duration.ofDays(30);

    private final RetentionRepository rows;

    FlushNumbers(RetentionRepository rows) {
        this.rows = rows;
    }

    @Override
    public String kind() {
        return "flush numbers";
    }

    @Override
    public Future<Integer> removeBatch() {
        return rows.removeOlder("gate_flush", "date_written", KEPT);
    }
}
