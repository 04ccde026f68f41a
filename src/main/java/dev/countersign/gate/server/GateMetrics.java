package dev.countersign.gate.server;

import dev.countersign.gate.request.Reason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the answers of the gate and measures how long they take. The label {@code outcome} is {@code accepted}, {@code
 * preflight} or the text of a {@link Reason}; no label holds a key.
 */
@Singleton
class GateMetrics {

    private static final String ANSWERS = "countersign.gate.requests";
    private static final String OUTCOME = "outcome";

    private final LongAdder accepted;
    private final LongAdder preflights;
    private final Map<Reason, LongAdder> refused = new EnumMap<>(Reason.class);
    private final AnswerTimes times = new AnswerTimes();

    /**
     * Adds the metrics.
     *
     * @param prometheus the registry of Prometheus, which a slim build does not have
     */
    @SuppressWarnings("deprecation") // Quarkus has this registry of two
    GateMetrics(MeterRegistry registry, Instance<PrometheusMeterRegistry> prometheus) {
        this.accepted = counted(registry, "accepted");
        this.preflights = counted(registry, "preflight");
        for (Reason reason : Reason.values()) {
            refused.put(reason, counted(registry, reason.text()));
        }
        prometheus.forEach(any -> any.getPrometheusRegistry().register(times));
    }

    /** Makes a counter that costs less than one of the registry, which would search for its meters at each answer. */
    private static LongAdder counted(MeterRegistry registry, String outcome) {
        LongAdder answers = new LongAdder();
        FunctionCounter.builder(ANSWERS, answers, LongAdder::sum)
                .tag(OUTCOME, outcome)
                .register(registry);
        return answers;
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
        Objects.requireNonNull(refused.get(reason)).increment();
        took(startNanos);
    }

    private void took(long startNanos) {
        times.took(System.nanoTime() - startNanos);
    }
}
