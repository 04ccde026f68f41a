package dev.countersign.issuer.key;

import java.time.Duration;

/**
 * Says when the keys of an issuer are loaded again: after a success, after failures, and for a token with an unknown key.
 *
 * @param refresh the time from a successful load to the next one, if a token comes
 * @param maxPause the longest time from a failed load to the next attempt; the first is a second, and each doubles
 * @param unknownKey the least time between two loads for the sake of an unknown key
 * @param maxStale how long keys are used after the last load that succeeded
 * @param waits whether a token waits for a load that is due, although there are keys; right where a load is fast
 */
record KeySchedule(Duration refresh, Duration maxPause, Duration unknownKey, Duration maxStale, boolean waits) {

    private static final int MAX_DOUBLINGS = 16;
    private static final Duration URL_REFRESH = Duration.ofMinutes(5);

    /** For a URL. Keys are loaded again well before they are too old. */
    static KeySchedule url(Duration maxStale) {
        Duration half = maxStale.dividedBy(2);
        Duration refresh = half.compareTo(URL_REFRESH) < 0 ? half : URL_REFRESH;
        return new KeySchedule(refresh, Duration.ofSeconds(60), Duration.ofMinutes(1), maxStale, false);
    }

    /** For a file. A load that is due comes before each unknown key, so there is none for it. */
    static KeySchedule file(Duration maxStale) {
        return new KeySchedule(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), maxStale, true);
    }

    /** The pause after some failures in a row, in nanoseconds. */
    long pauseNanos(int failures) {
        Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return (pause.compareTo(maxPause) < 0 ? pause : maxPause).toNanos();
    }
}
