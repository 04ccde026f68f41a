package dev.countersign.usage.stats;

import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.QueryParameters;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query parameters of a request for a key's stats, and holds which hours or days it asks for.
 *
 * @param first when the first bucket begins, in seconds since 1970
 * @param last when the last bucket begins, in seconds since 1970
 * @param step the length of a bucket in seconds: an hour or a day
 */
record StatsRequest(long first, long last, long step) {

    static final int HOUR = 3_600;
    static final int DAY = 86_400;

    private static final int MAX_POINTS = 1_000;
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?([0-9]{1,100}(\\.[0-9]{0,100})?|\\.[0-9]{1,100})([eE][+-]?[0-9]{1,9})?");
    private static final Pattern RESOLUTION = Pattern.compile("([0-9]{1,9})([smhd])");

    /** The last second of the year 9999, which PostgreSQL and JSON clients can still write. */
    private static final double MAX_SECONDS = 253_402_300_799.0;

    /**
     * Reads {@code since}, {@code until} and {@code resolution}. The buckets are all that touch the time from the one to the
     * other; without parameters the two days before now.
     *
     * @throws ApiException.BadRequest where a value is wrong, or there would be more than 1,000 buckets
     */
    static StatsRequest read(QueryParameters query, Instant now) {
        double until = seconds(query.last("until"), (double) now.getEpochSecond());
        double since = seconds(query.last("since"), until - DAY + 1);
        long step = step(query.last("resolution"));
        long first = Math.floorDiv((long) Math.floor(since), step) * step;
        long last = Math.floorDiv((long) Math.floor(until), step) * step;
        if (since > until || (last - first) / step >= MAX_POINTS) {
            throw invalid();
        }
        return new StatsRequest(first, last, step);
    }

    private static double seconds(@Nullable String text, double absent) {
        if (text == null) {
            return absent;
        }
        String number = text.strip();
        if (!NUMBER.matcher(number).matches() || Math.abs(Double.parseDouble(number)) > MAX_SECONDS) {
            throw invalid();
        }
        return Double.parseDouble(number);
    }

    private static long step(@Nullable String text) {
        if (text == null) {
            return DAY;
        }
        Matcher parts = RESOLUTION.matcher(text);
        if (!parts.matches()) {
            throw invalid();
        }
        long step = Long.parseLong(parts.group(1))
                * switch (parts.group(2)) {
                    case "s" -> 1;
                    case "m" -> 60;
                    case "h" -> HOUR;
                    default -> DAY;
                };
        if (step != HOUR && step != DAY) {
            throw invalid();
        }
        return step;
    }

    private static ApiException invalid() {
        return new ApiException.BadRequest("Invalid request data");
    }
}
