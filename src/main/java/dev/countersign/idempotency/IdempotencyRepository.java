package dev.countersign.idempotency;

import dev.countersign.postgres.pool.Statements;
import dev.countersign.web.error.ApiException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/**
 * Stores which object each {@code Idempotency-Key} created, locks a key until the transaction ends, and limits the number of
 * keys of a caller.
 */
@ApplicationScoped
public class IdempotencyRepository {

    /** The limit of live records of one caller. */
    private static final int MAX_LIVE = 10_000;

    /** The most expired records that one request removes. */
    private static final int MAX_REMOVED = 100;

    private static final String FIND = """
            select encode(body_sha256, 'hex'), object_id from idempotency_record
            where caller = $1 and operation = $2 and parent_id = $3 and key = $4 and date_expires > now()""";

    private static final String LOCK = "select pg_try_advisory_xact_lock(:lock)";

    /** Also removes expired records of all callers, and counts the live records of this one. */
    private static final String FIND_UNDER_LOCK = """
            with expired as (
                delete from idempotency_record where ctid = any(array(
                    select ctid from idempotency_record where date_expires <= now() order by date_expires limit %d
                    for update skip locked)))
            select encode(body_sha256, 'hex'), object_id, live.records, cast(ceil(live.seconds) as bigint)
            from (
                select count(*) as records, coalesce(extract(epoch from min(date_expires) - now()), 0) as seconds
                from idempotency_record where caller = :caller and date_expires > now()) live
            left join idempotency_record
                on caller = :caller and operation = :operation and parent_id = :parent and key = :key
                and date_expires > now()""".formatted(MAX_REMOVED);

    /** Replaces a record of the same key that is expired and not removed yet. */
    private static final String STORE = """
            insert into idempotency_record
                (caller, operation, organization_id, team_id, project_id, key, body_sha256, object_id, date_expires)
            values (:caller, :operation, nullif(cast(:organization as bigint), 0), nullif(cast(:team as bigint), 0),
                nullif(cast(:project as bigint), 0), :key, decode(:body, 'hex'), :object,
                now() + interval '1 millisecond' * cast(:retention as bigint))
            on conflict on constraint idempotency_record_pkey do update
            set body_sha256 = excluded.body_sha256, object_id = excluded.object_id, date_expires = excluded.date_expires""";

    private final Statements statements;
    private final long retentionMillis;

    IdempotencyRepository(Statements statements, IdempotencyConfig config) {
        this.statements = statements;
        this.retentionMillis = config.retention().toMillis();
    }

    /** Finds the earlier request under the key of a request. */
    Uni<Optional<EarlierRequest>> find(KeyedRequest request) {
        Place place = request.place();
        Tuple key = Tuple.of(request.caller(), place.operation(), place.parentId(), request.key());
        return statements
                .first(FIND, key, row -> new EarlierRequest(row.getString(0), row.getLong(1)))
                .map(Optional::ofNullable);
    }

    /**
     * Locks the key until the surrounding transaction ends, without waiting.
     *
     * @return false if another transaction holds the lock
     */
    Uni<Boolean> tryLock(KeyedRequest request) {
        return Panache.getSession().flatMap(session -> session.createNativeQuery(LOCK, Boolean.class)
                .setParameter("lock", request.lock())
                .getSingleResult());
    }

    /**
     * Finds the earlier request again, under the lock. The statement that takes the lock could not: it reads the state of the
     * database from before the lock.
     *
     * @throws ApiException.TooManyRequests where there is no earlier request, and the caller has too many live records
     */
    Uni<Optional<EarlierRequest>> findUnderLock(KeyedRequest request) {
        return Panache.getSession().flatMap(session -> {
            var query = session.createNativeQuery(FIND_UNDER_LOCK, Object[].class);
            key(request).forEach(query::setParameter);
            query.setParameter("parent", request.place().parentId());
            return query.getSingleResult().map(IdempotencyRepository::read);
        });
    }

    /** Stores the record of a request in the transaction that creates its object. */
    Uni<Integer> store(KeyedRequest request, long objectId) {
        Place place = request.place();
        return Panache.getSession().flatMap(session -> {
            var statement = session.createNativeQuery(STORE);
            key(request).forEach(statement::setParameter);
            return statement
                    .setParameter("organization", place.organizationId())
                    .setParameter("team", place.teamId())
                    .setParameter("project", place.projectId())
                    .setParameter("body", request.bodyHash())
                    .setParameter("object", objectId)
                    .setParameter("retention", retentionMillis)
                    .executeUpdate();
        });
    }

    private static Map<String, Object> key(KeyedRequest request) {
        return Map.of("caller", request.caller(), "operation", request.place().operation(), "key", request.key());
    }

    private static Optional<EarlierRequest> read(Object[] row) {
        if (row[0] != null) {
            return Optional.of(new EarlierRequest((String) row[0], (Long) row[1]));
        }
        if ((Long) row[2] >= MAX_LIVE) {
            throw ApiException.TooManyRequests.together(
                    "At most " + MAX_LIVE + " values of " + IdempotencyKey.HEADER + " are kept for a credential.",
                    Math.max(1, (Long) row[3]));
        }
        return Optional.empty();
    }
}
