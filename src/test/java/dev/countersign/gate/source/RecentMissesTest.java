package dev.countersign.gate.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the database did not know a moment ago. Times are numbers here, and nothing waits. */
class RecentMissesTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(600);

    private final RecentMisses misses = new RecentMisses();

    @Test
    void missIsRememberedForLessThanASecond() {
        misses.add("a", 0);

        assertThat(misses.contains("a", SOON)).isTrue();
        assertThat(misses.contains("a", SECOND)).isFalse();
        assertThat(misses.contains("b", SOON)).isFalse();
    }

    @Test
    void missIsRememberedWhileOthersAreForgotten() {
        misses.forget(SECOND);
        misses.add("a", SECOND);
        misses.forget(2 * SECOND);
        misses.add("b", 2 * SECOND);

        assertThat(misses.contains("b", 2 * SECOND + SOON)).isTrue();
        misses.forget(3 * SECOND);
        misses.forget(4 * SECOND);
        assertThat(misses.contains("b", 2 * SECOND + 1)).isFalse();
    }

    @Test
    void aMillionMissesAreNotAllRemembered() {
        IntStream.range(0, 1_000_000).forEach(i -> misses.add("text " + i, 0));

        assertThat(IntStream.range(0, 1_000_000).filter(i -> misses.contains("text " + i, 1)))
                .hasSizeBetween(1000, 20_000);
    }
}
