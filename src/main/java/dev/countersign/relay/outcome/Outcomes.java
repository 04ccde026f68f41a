package dev.countersign.relay.outcome;

import dev.countersign.web.member.RequestFields;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Takes the reports of relays, and counts their events in the metric {@code countersign_relay_outcomes_total}. */
@Singleton
public class Outcomes {

    private final OutcomeRepository repository;
    private final Map<Outcome.Fate, Counter> counters = new EnumMap<>(Outcome.Fate.class);

    Outcomes(OutcomeRepository repository, MeterRegistry registry) {
        this.repository = repository;
        for (Outcome.Fate fate : Outcome.Fate.values()) {
            counters.put(
                    fate,
                    Counter.builder("countersign.relay.outcomes")
                            .description("events that relays reported")
                            .tag("outcome", fate.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    /**
     * Adds the outcomes of a report to the usage of their keys.
     *
     * @throws dev.countersign.web.error.ApiException 400 if the report has no list of outcomes
     */
    public Uni<Map<String, Object>> add(RequestFields fields) {
        List<Outcome> outcomes = OutcomeReader.read(fields, Instant.now());
        return repository
                .add(outcomes)
                .invoke(() -> outcomes.forEach(this::count))
                .replaceWith(Map.of());
    }

    private void count(Outcome outcome) {
        Counter counter = counters.get(outcome.fate());
        if (counter != null) {
            counter.increment((double) outcome.events());
        }
    }
}
