package dev.countersign.testsupport;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** For tests of what begins anew each day at midnight in UTC, such as a rate limit of a day. */
public final class Midnight {

    private static final Duration NEAR = Duration.ofSeconds(90);

    private Midnight() {}

    /** Waits until midnight is over, where it is nearer than a test takes on a busy machine. */
    public static void letPass() throws InterruptedException {
        Instant now = Instant.now();
        Instant midnight = now.atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .plusDays(1)
                .toInstant();
        Duration left = Duration.between(now, midnight);
        if (left.compareTo(NEAR) < 0) {
            Thread.sleep(left.plusSeconds(1).toMillis());
        }
    }
}
