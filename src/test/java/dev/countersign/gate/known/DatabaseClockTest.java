package dev.countersign.gate.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The clock follows the fastest answer of the database. */
class DatabaseClockTest {

    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final long TOLERANCE = TimeUnit.MINUTES.toMillis(1);
    private static final long MILLISECOND = 1_000_000;

    private final DatabaseClock clock = new DatabaseClock();

    @Test
    void clockOfTheProcessCountsUntilTheDatabaseAnswers() {
        assertThat(Math.abs(clock.millis() - System.currentTimeMillis())).isLessThan(TOLERANCE);
    }

    @Test
    void clockOfTheDatabaseCountsAfterwards() {
        answer(MILLISECOND, HOUR);

        assertThat(ahead()).isBetween(HOUR - TOLERANCE, HOUR + TOLERANCE);
    }

    @Test
    void slowerAnswerDoesNotCount() {
        answer(MILLISECOND, HOUR);
        answer(100 * MILLISECOND, 5 * HOUR);

        assertThat(ahead()).isBetween(HOUR - TOLERANCE, HOUR + TOLERANCE);
    }

    private void answer(long tookNanos, long aheadMillis) {
        long now = System.nanoTime();
        clock.measured(now - tookNanos, now, (System.currentTimeMillis() + aheadMillis) * 1000);
    }

    private long ahead() {
        return clock.millis() - System.currentTimeMillis();
    }
}
