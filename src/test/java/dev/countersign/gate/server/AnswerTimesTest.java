package dev.countersign.gate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What Prometheus reads of how long answers took. */
class AnswerTimesTest {

    private static final String NAME = "countersign_gate_duration_seconds";

    private final CollectorRegistry registry = new CollectorRegistry();
    private final AnswerTimes times = new AnswerTimes().register(registry);

    @Test
    void eachBucketCountsAllThatTookAtMostItsTime() {
        for (long micros : new long[] {5, 1000, 1001, 49_000, 150_000, 151_000, 3_000_000}) {
            times.took(TimeUnit.MICROSECONDS.toNanos(micros));
        }

        assertThat(List.of("0.001", "0.01", "0.05", "0.15", "+Inf"))
                .extracting(this::bucket)
                .containsExactly(2.0, 3.0, 4.0, 5.0, 7.0);
        assertThat(value("_count")).isEqualTo(7);
        assertThat(value("_sum")).isCloseTo(3.352006, within(1e-9));
        assertThat(value("_max")).isEqualTo(3);
    }

    @Test
    void nothingIsZero() {
        assertThat(bucket("+Inf")).isZero();
        assertThat(value("_count")).isZero();
        assertThat(value("_max")).isZero();
    }

    private double value(String suffix) {
        return registry.getSampleValue(NAME + suffix);
    }

    private double bucket(String bound) {
        return registry.getSampleValue(NAME + "_bucket", new String[] {"le"}, new String[] {bound});
    }
}
