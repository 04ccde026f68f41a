package dev.countersign.gate.server;

import dev.countersign.gate.request.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts the answers of the gate and measures how long they take. The label {@code outcome} is {@code accepted}, {@code
 * preflight} or the text of a {@link Reason}; no label holds a key.
 */
@Singleton
class GateMetrics {

    private static final String ANSWERS = "countersign.gate.requests";
    private static final String OUTCOME = "outcome";

    private final Counter accepted;
    private final Counter preflights;
    private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);
    private final Timer duration;

    GateMetrics(MeterRegistry registry) {
        this.accepted = registry.counter(ANSWERS, OUTCOME, "accepted");
        this.preflights = registry.counter(ANSWERS, OUTCOME, "preflight");
        for (Reason reason : Reason.values()) {
            refused.put(reason, registry.counter(ANSWERS, OUTCOME, reason.text()));
        }
        this.duration = Timer.builder("countersign.gate.duration")
                .serviceLevelObjectives(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(150))
                .register(registry);
    }

    void accepted(long startNanos) {
        accepted.increment();
        took(startNanos);
    }

    void preflight(long startNanos) {
        preflights.increment();
        took(startNanos);
    }

    void refused(Reason reason, long startNanos) {
        refused.get(reason).increment();
        took(startNanos);
    }

    private void took(long startNanos) {
        duration.record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }
}
