package dev.countersign.gate.known;

import static dev.countersign.projectkey.store.ProjectKeyTable.RATE_LIMIT_COUNT;
import static dev.countersign.projectkey.store.ProjectKeyTable.RATE_LIMIT_WINDOW;

import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: holds the SQL that reads client keys for the gate, with their projects, organizations, last use and running
 * windows, and converts the rows to {@link KnownKey}s.
 */
final class KnownKeyTable {

    private static final String SELECT = "select k.id, k.public_key, k.organization_id, o.slug, k.project_id, k.active,"
            + " case when isfinite(k.date_expires) then cast(round(extract(epoch from k.date_expires) * 1000) as bigint) end,"
            + " k." + RATE_LIMIT_WINDOW.name() + ", k." + RATE_LIMIT_COUNT.name() + ","
            + " case when strpos(p.settings, '\"allowedDomains\"') > 0 then cast(p.settings as jsonb) -> 'allowedDomains' end,"
            + " s.last_seen, cast(extract(epoch from w.window_start) * 1000 as bigint), w.count, s.seen_minute"
            + " from project_key k join project p on p.id = k.project_id join organization o on o.id = k.organization_id"
            + " left join key_last_seen s on s.key_id = k.id"
            + " left join key_window w on w.key_id = k.id and w.window_seconds = k." + RATE_LIMIT_WINDOW.name()
            + " and w.window_start + make_interval(secs => w.window_seconds) > statement_timestamp()";

    /** Reads keys by their public keys. */
    static final String BY_PUBLIC_KEY = SELECT + " where k.public_key = any($1)";

    /**
     * Reads a page of the keys that were ever used, those of the last minute first. From a comparison of rows PostgreSQL does not
     * conclude that there is a row of the last use, and would not begin with its index.
     */
    private static final String SEEN = SELECT + " where s.key_id is not null and (s.seen_minute, s.key_id) < ($1, $2)"
            + " order by s.seen_minute desc, s.key_id desc limit $3";

    /** Reads a page of all keys, the newest first. */
    private static final String NEWEST = SELECT + " where k.id < $1 order by k.id desc limit $2";

    private static final LocalDateTime END_OF_TIME = LocalDateTime.of(9999, 1, 1, 0, 0);

    private static final int LAST_SEEN = 10;
    private static final int SEEN_MINUTE = 13;

    private KnownKeyTable() {}

    /** The parameters of {@link #BY_PUBLIC_KEY}. */
    static Tuple publicKeys(Collection<String> publicKeys) {
        return Tuple.of(publicKeys.toArray(new String[0]));
    }

    /** The key in a row. */
    static KnownKey.Row key(Row row) {
        Long expires = row.getLong(6);
        Integer window = row.getInteger(7);
        Integer count = row.getInteger(8);
        return new KnownKey.Row(
                row.getLong(0),
                row.getString(1),
                row.getLong(2),
                row.getString(3).intern(),
                row.getLong(4),
                row.getBoolean(5),
                expires == null ? KnownKey.NEVER : expires,
                window == null ? 0 : window,
                count == null ? 0 : count,
                domains(row.getValue(9)));
    }

    /**
     * The object for a key that is new or has changed.
     *
     * @param former the object before the change; null for a new key
     */
    static KnownKey newKey(Row row, KnownKey.Row stored, @Nullable KnownKey former) {
        OffsetDateTime seen = row.getOffsetDateTime(LAST_SEEN);
        long second = seen == null ? 0 : seen.toEpochSecond();
        return new KnownKey(stored, former == null ? second : Math.max(second, former.lastSeenSecond));
    }

    /** When the running window of a row's key began, in milliseconds since 1970; 0 where none is stored. */
    static long windowStartMillis(Row row) {
        Long start = row.getLong(11);
        return start == null ? 0 : start;
    }

    /** The events of all replicas in this window. */
    static long windowTotal(Row row) {
        Long total = row.getLong(12);
        return total == null ? 0 : total;
    }

    /** Any page is allowed where the setting is absent, or is no list because somebody stored it by plain SQL. */
    private static AllowedDomains domains(@Nullable Object setting) {
        return setting instanceof JsonArray entries
                ? AllowedDomains.of(entries.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList())
                : AllowedDomains.ANY;
    }

    /**
     * Makes the statements that read all keys page by page: those that were ever used, the last minute first, and then all, the
     * newest first.
     */
    static final class FirstLoad {

        private static final int PAGE = 2000;

        private boolean seen = true;
        private boolean over;
        private @Nullable Row last;

        String sql() {
            return seen ? SEEN : NEWEST;
        }

        Tuple parameters() {
            long id = last == null ? Long.MAX_VALUE : last.getLong(0);
            return seen
                    ? Tuple.of(last == null ? END_OF_TIME : last.getLocalDateTime(SEEN_MINUTE), id, PAGE)
                    : Tuple.of(id, PAGE);
        }

        /** Goes on to the page after the last row of this one. */
        void pass(RowSet<Row> page) {
            last = null;
            for (Row row : page) {
                last = row;
            }
            if (page.size() < PAGE) {
                last = null;
                over = !seen;
                seen = false;
            }
        }

        /** Whether there is no further page. */
        boolean isOver() {
            return over;
        }
    }
}
