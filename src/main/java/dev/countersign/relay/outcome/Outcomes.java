package dev.countersign.relay.outcome;

import dev.countersign.relay.outcome.Outcome.Fate;
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

/**
 * Takes the reports of relays, and counts their events in the metric {@code countersign_relay_outcomes_total}. Events of keys that
 * the database does not have count as unknown, since anyone can send events with a made-up key.
 */
@Singleton
public class Outcomes {

    private final OutcomeRepository repository;
    private final Map<Fate, Counter> added = new EnumMap<>(Fate.class);
    private final Counter unknown;

    Outcomes(OutcomeRepository repository, MeterRegistry registry) {
        this.repository = repository;
        for (Fate fate : Fate.values()) {
            added.put(fate, counter(registry, fate.name().toLowerCase(Locale.ROOT)));
        }
        this.unknown = counter(registry, "unknown");
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
                .invoke(events -> count(outcomes, events))
                .replaceWith(Map.of());
    }

    private void count(List<Outcome> outcomes, Map<Fate, Long> events) {
        long left = outcomes.stream().mapToLong(Outcome::events).sum();
        for (Map.Entry<Fate, Counter> counter : added.entrySet()) {
            long number = events.getOrDefault(counter.getKey(), 0L);
            counter.getValue().increment((double) number);
            left -= number;
        }
        unknown.increment((double) left);
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("countersign.relay.outcomes")
                .description("events that relays reported")
                .tag("outcome", outcome)
                .register(registry);
    }
}
