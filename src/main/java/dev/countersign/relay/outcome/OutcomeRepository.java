package dev.countersign.relay.outcome;

import dev.countersign.postgres.pool.Statements;
import dev.countersign.relay.outcome.Outcome.Fate;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Adds outcomes to the stored usage of client keys. */
@Singleton
public class OutcomeRepository {

    private static final long HOUR = Duration.ofHours(1).toMillis();

    /**
     * Rows are locked in the order of the keys, as in the statement of {@code gate.count}, and the rows of all keys before any
     * hour. An outcome without a number of events only moves the time of the last use.
     */
    private static final String ADD = """
            with counted as materialized (
                select sent.*, key.organization_id
                from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
                    as sent(key_id, project_id, seen, accepted, limited, rejected)
                join project_key key on key.id = sent.key_id and key.project_id = sent.project_id
            ), seen as (
                insert into key_last_seen as stored (key_id, organization_id, last_seen, accepted, limited, rejected)
                select key_id, min(organization_id), to_timestamp(max(seen) / 1000.0), sum(accepted), sum(limited),
                    sum(rejected)
                from counted group by key_id order by key_id
                on conflict (key_id) do update
                set last_seen = greatest(stored.last_seen, excluded.last_seen),
                    accepted = stored.accepted + excluded.accepted, limited = stored.limited + excluded.limited,
                    rejected = stored.rejected + excluded.rejected
                returning key_id
            ), hours as (
                insert into key_usage_hour as stored (key_id, bucket, accepted, limited, rejected)
                select key_id, to_timestamp(seen / 3600000 * 3600), accepted, limited, rejected
                from counted where accepted + limited + rejected > 0 and (select count(*) from seen) >= 0
                order by key_id, seen
                on conflict (key_id, bucket) do update
                set accepted = stored.accepted + excluded.accepted, limited = stored.limited + excluded.limited,
                    rejected = stored.rejected + excluded.rejected
            )
            select cast(coalesce(sum(accepted), 0) as bigint), cast(coalesce(sum(limited), 0) as bigint),
                cast(coalesce(sum(rejected), 0) as bigint)
            from counted""";

    private final Statements statements;

    OutcomeRepository(Statements statements) {
        this.statements = statements;
    }

    /**
     * Adds outcomes with one statement, and answers how many events of each fate were added. Outcomes of a key that does not
     * exist, or is of another project, are left out.
     */
    Uni<Map<Fate, Long>> add(List<Outcome> outcomes) {
        Map<Place, Sum> sums = new TreeMap<>();
        outcomes.forEach(outcome ->
                sums.computeIfAbsent(Place.of(outcome), place -> new Sum()).add(outcome));
        if (sums.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        Tuple parameters = Tuple.tuple()
                .addArrayOfLong(longs(sums, entry -> entry.getKey().keyId))
                .addArrayOfLong(longs(sums, entry -> entry.getKey().projectId))
                .addArrayOfLong(longs(sums, entry -> entry.getValue().lastMillis))
                .addArrayOfLong(longs(sums, entry -> entry.getValue().accepted))
                .addArrayOfLong(longs(sums, entry -> entry.getValue().limited))
                .addArrayOfLong(longs(sums, entry -> entry.getValue().rejected));
        return statements.first(
                ADD,
                parameters,
                row -> Map.of(
                        Fate.ACCEPTED, row.getLong(0), Fate.LIMITED, row.getLong(1), Fate.REJECTED, row.getLong(2)));
    }

    private static Long[] longs(Map<Place, Sum> sums, ToLongFunction<Map.Entry<Place, Sum>> value) {
        return sums.entrySet().stream().map(value::applyAsLong).toArray(Long[]::new);
    }

    /** Holds what a row of the usage is for: a key and an hour. The project must be that of the key. */
    private record Place(long keyId, long hour, long projectId) implements Comparable<Place> {

        static Place of(Outcome outcome) {
            return new Place(outcome.keyId(), outcome.time().toEpochMilli() / HOUR, outcome.projectId());
        }

        @Override
        public int compareTo(Place other) {
            int byKey = Long.compare(keyId, other.keyId);
            int byHour = byKey != 0 ? byKey : Long.compare(hour, other.hour);
            return byHour != 0 ? byHour : Long.compare(projectId, other.projectId);
        }
    }

    /** Counts the events of one key in one hour. */
    private static final class Sum {
        private long accepted;
        private long limited;
        private long rejected;
        private long lastMillis;

        void add(Outcome outcome) {
            lastMillis = Math.max(lastMillis, outcome.time().toEpochMilli());
            switch (outcome.fate()) {
                case ACCEPTED -> accepted += outcome.events();
                case LIMITED -> limited += outcome.events();
                case REJECTED -> rejected += outcome.events();
            }
        }
    }
}
