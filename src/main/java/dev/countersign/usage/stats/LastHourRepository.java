package dev.countersign.usage.stats;

import dev.countersign.retention.ExpiredRows;
import dev.countersign.retention.RetentionConfig;
import dev.countersign.retention.RetentionRepository;
import io.vertx.core.Future;
import jakarta.inject.Singleton;

/**
 * Moves the last hours of keys that no longer come from the rows of their last use to the hourly counts, once the hours are older
 * than the configuration keeps. {@link UsageHourRepository} then moves them on to their day.
 */
@Singleton
public class LastHourRepository implements ExpiredRows {

    /** A trigger moves the counts. Rows are locked in the order of the keys, as in the statement of {@code gate.count}. */
    private static final String MOVE = """
            , due as materialized (
                select key_id from key_last_seen seen, turn where turn.mine and hour < %s
                order by key_id limit %s for no key update of seen
            )
            update key_last_seen stored set hour = null, hour_accepted = 0, hour_limited = 0, hour_rejected = 0
            from due where stored.key_id = due.key_id""";

    private final RetentionRepository rows;
    private final String move;

    LastHourRepository(RetentionRepository rows, RetentionConfig config) {
        this.rows = rows;
        this.move = MOVE.formatted(RetentionRepository.before(config.usageHours()), BATCH);
    }

    @Override
    public String kind() {
        return "last hours of keys";
    }

    @Override
    public Future<Integer> removeBatch() {
        return rows.change(move);
    }
}
