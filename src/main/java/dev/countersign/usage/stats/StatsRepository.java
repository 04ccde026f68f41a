package dev.countersign.usage.stats;

import dev.countersign.postgres.pool.Statements;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Reads how many events came with a client key in each hour or day. */
@Singleton
public class StatsRepository {

    private static final String SUMS =
            "cast(sum(accepted) as bigint), cast(sum(limited) as bigint), cast(sum(rejected) as bigint)";

    /** The hour that runs stands in {@code key_last_seen}. Counts of the same hour may also stand in {@code key_usage_hour}. */
    private static final String STORED_HOURS = """
            select bucket, accepted, limited, rejected from key_usage_hour
            where key_id = $1 and bucket >= to_timestamp($2::bigint) and bucket < to_timestamp($3::bigint)
            union all
            select hour, hour_accepted, hour_limited, hour_rejected from key_last_seen
            where key_id = $1 and hour >= to_timestamp($2::bigint) and hour < to_timestamp($3::bigint)""";

    private static final String HOURS = "select cast(extract(epoch from bucket) as bigint), " + SUMS + " from ("
            + STORED_HOURS + ") stored group by 1";

    /** A day whose hours are partly past their time stands in all tables. */
    private static final String DAYS = "select cast(extract(epoch from date_trunc('day', bucket, 'UTC')) as bigint), "
            + SUMS + " from (" + STORED_HOURS + """

            union all
            select bucket, accepted, limited, rejected from key_usage_day
            where key_id = $1 and bucket >= to_timestamp($2::bigint) and bucket < to_timestamp($3::bigint)) stored
            group by 1""";

    private final Statements statements;

    StatsRepository(Statements statements) {
        this.statements = statements;
    }

    /** Reads all buckets of a request, the earliest first. */
    Uni<List<StatsBucket>> find(long keyId, StatsRequest request) {
        Tuple parameters = Tuple.of(keyId, request.first(), request.last() + request.step());
        return statements
                .execute(request.step() == StatsRequest.HOUR ? HOURS : DAYS, parameters)
                .map(rows -> fill(rows, request));
    }

    private static List<StatsBucket> fill(RowSet<Row> rows, StatsRequest request) {
        Map<Long, StatsBucket> stored = new HashMap<>();
        for (Row row : rows) {
            long ts = row.getLong(0);
            stored.put(ts, StatsBucket.of(ts, row.getLong(1), row.getLong(2), row.getLong(3)));
        }
        return LongStream.iterate(request.first(), ts -> ts <= request.last(), ts -> ts + request.step())
                .mapToObj(ts -> stored.getOrDefault(ts, StatsBucket.empty(ts)))
                .toList();
    }
}
