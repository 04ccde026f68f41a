package dev.countersign.usage.stats;

import dev.countersign.retention.ExpiredRows;
import dev.countersign.retention.RetentionConfig;
import dev.countersign.retention.RetentionRepository;
import io.vertx.core.Future;
import jakarta.inject.Singleton;

/**
 * Moves the stored hourly counts of events that are older than the configuration keeps to daily counts, and subtracts them from
 * the sums of their keys.
 */
@Singleton
public class UsageHourRepository implements ExpiredRows {

    /**
     * One statement, so that no event is counted twice or lost. It also removes what is left of keys that were removed while
     * their events were counted. The rows of the keys are locked first and in the order of the keys, as in the statement of
     * {@code gate.count}.
     */
    private static final String MOVE = """
            , due as materialized (
                select key_usage_hour.ctid as place, key_id from key_usage_hour, turn
                where turn.mine and bucket < %1$s order by bucket limit %2$s
            ), locked as materialized (
                select key_id from key_last_seen seen where key_id in (select key_id from due)
                order by key_id for no key update of seen
            ), gone as (
                delete from key_usage_hour
                where ctid = any(array(select place from due)) and (select count(*) from locked) >= 0
                returning key_id, bucket, accepted, limited, rejected
            ), sums as (
                select key_id, sum(accepted) as accepted, sum(limited) as limited, sum(rejected) as rejected,
                    exists (select from project_key where id = key_id) as has_key
                from gone group by key_id
            ), days as (
                insert into key_usage_day as stored (key_id, bucket, accepted, limited, rejected)
                select key_id, date_trunc('day', bucket, 'UTC'), sum(gone.accepted), sum(gone.limited), sum(gone.rejected)
                from gone join sums using (key_id) where has_key group by 1, 2 order by 1, 2
                on conflict (key_id, bucket) do update
                set accepted = stored.accepted + excluded.accepted, limited = stored.limited + excluded.limited,
                    rejected = stored.rejected + excluded.rejected
            ), reduced as (
                update key_last_seen stored
                set accepted = stored.accepted - sums.accepted, limited = stored.limited - sums.limited,
                    rejected = stored.rejected - sums.rejected
                from sums where stored.key_id = sums.key_id and has_key
            ), orphans as (
                delete from key_last_seen using sums where key_last_seen.key_id = sums.key_id and not has_key
            ), windows as (
                delete from key_window using sums where key_window.key_id = sums.key_id and not has_key
            )
            select from gone""";

    private final RetentionRepository rows;
    private final String move;

    UsageHourRepository(RetentionRepository rows, RetentionConfig config) {
        this.rows = rows;
        this.move = MOVE.formatted(RetentionRepository.before(config.usageHours()), BATCH);
    }

    @Override
    public String kind() {
        return "usage of hours";
    }

    @Override
    public Future<Integer> removeBatch() {
        return rows.change(move);
    }
}
