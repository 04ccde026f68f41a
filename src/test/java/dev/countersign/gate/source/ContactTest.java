package dev.countersign.gate.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When the database counts as away, and when the grace is over. */
class ContactTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void silenceOfASecondIsAwayAndTheGraceFollows() {
        Contact contact = new Contact(Duration.ofSeconds(30));
        long now = System.nanoTime();
        contact.heard(now);

        assertThat(contact.isAway(now + SECOND)).isFalse();
        assertThat(contact.isAway(now + SECOND + 1)).isTrue();
        assertThat(contact.isOver(now + 31 * SECOND)).isFalse();
        assertThat(contact.isOver(now + 31 * SECOND + 1)).isTrue();
    }

    @Test
    void earlierAnswerDoesNotCount() {
        Contact contact = new Contact(Duration.ZERO);
        long now = System.nanoTime();
        contact.heard(now);
        contact.heard(now - SECOND);

        assertThat(contact.isAway(now + SECOND)).isFalse();
    }

    @Test
    void silenceOfADatabaseThatWasNeverHeardCountsFromTheStart() {
        long before = System.nanoTime();
        Contact contact = new Contact(Duration.ofDays(1));
        long after = System.nanoTime();

        assertThat(contact.isAway(before + SECOND)).isFalse();
        assertThat(contact.isAway(after + SECOND + 1)).isTrue();
        assertThat(contact.isOver(before + SECOND + Duration.ofDays(1).toNanos()))
                .isFalse();
        assertThat(contact.isOver(after + SECOND + Duration.ofDays(1).toNanos() + 1))
                .isTrue();
    }
}
