package dev.countersign.transfer.api;

import java.time.Duration;

/**
 * Holds what an import waits for and takes from an API, which may be slow, broken or hostile.
 *
 * @param patience how long one answer may take from the request to the last byte
 * @param pause the wait after the first failure, which doubles with each further one
 * @param maxBody the most bytes of an answer
 * @param maxPages the most pages of a list
 */
record ApiLimits(Duration patience, Duration pause, int maxBody, int maxPages) {

    static final ApiLimits DEFAULT =
            new ApiLimits(Duration.ofSeconds(60), Duration.ofSeconds(2), 16 * 1024 * 1024, 10_000);
}
