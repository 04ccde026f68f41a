package dev.countersign.postgres.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The order in which waiting requests get a connection. */
class FairQueueTest {

    private static final WantedRow BUSY = new WantedRow("project", 1);

    private final FairQueue<String> queue = new FairQueue<>();

    @Test
    void waitersOfOneRowComeInOrder() {
        add(BUSY, "first", "second", "third");

        assertThat(all()).containsExactly("first", "second", "third");
    }

    @Test
    void waiterOfAnotherRowComesSecond() {
        add(BUSY, "first", "second", "third");
        add(new WantedRow("project", 2), "other");

        assertThat(all()).containsExactly("first", "other", "second", "third");
    }

    @Test
    void everyKindOfRowTakesTurns() {
        add(new WantedRow("project", 1), "1");
        add(new WantedRow("project", 2), "2");
        add(new WantedRow("project", 3), "3");
        add(new WantedRow("team", 1), "team", "team too");

        assertThat(all()).containsExactly("1", "team", "2", "team too", "3");
    }

    @Test
    void returningWaiterComesLast() {
        add(BUSY, "first", "second");
        add(new WantedRow("project", 2), "other");
        assertThat(queue.poll()).isEqualTo("first");
        add(BUSY, "again");

        assertThat(all()).containsExactly("other", "second", "again");
        assertThat(queue.poll()).isNull();
    }

    @Test
    void sizeCountsWaiters() {
        add(BUSY, "first", "second");
        assertThat(queue.size()).isEqualTo(2);
        all();
        assertThat(queue.size()).isZero();
    }

    private void add(WantedRow wanted, String... waiters) {
        for (String waiter : waiters) {
            queue.add(wanted, waiter);
        }
    }

    private List<String> all() {
        return Stream.generate(queue::poll)
                .takeWhile(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }
}
