package dev.countersign.relay.trusted;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What may happen so often in a second. */
class PerSecondTest {

    @Test
    void eachSecondBeginsAnew() {
        PerSecond twice = new PerSecond(2);

        assertThat(twice.take(7)).isTrue();
        assertThat(twice.take(7)).isTrue();
        assertThat(twice.take(7)).isFalse();
        assertThat(twice.take(8)).isTrue();
        assertThat(twice.take(8)).isTrue();
        assertThat(twice.take(8)).isFalse();
    }
}
