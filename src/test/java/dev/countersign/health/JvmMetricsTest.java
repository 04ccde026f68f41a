package dev.countersign.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class JvmMetricsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    JvmMetricsTest() {
        new JvmMetrics().metrics().bindTo(registry);
    }

    @Test
    void collectionsAreCounted() {
        double before = collections();

        System.gc();

        assertThat(collections()).isGreaterThan(before);
    }

    @Test
    void memoryThreadsClassesAndVersionAreMeasured() {
        assertThat(registry.get("jvm.memory.used").gauges()).isNotEmpty();
        assertThat(registry.get("jvm.threads.live").gauge().value()).isPositive();
        assertThat(registry.get("jvm.classes.loaded").gauge().value()).isPositive();
        assertThat(registry.get("jvm.info").counter().count()).isOne();
    }

    private double collections() {
        return registry.get("jvm.gc.pause").functionTimers().stream()
                .mapToDouble(FunctionTimer::count)
                .sum();
    }
}
