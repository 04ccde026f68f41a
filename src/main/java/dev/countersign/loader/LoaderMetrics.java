package dev.countersign.loader;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts the answers to requests for loaders: {@code countersign_loader_requests_total}, by {@link Outcome}. */
@Singleton
class LoaderMetrics {

    private static final String REQUESTS = "countersign.loader.requests";

    /** What a page got, and why. All but the first and the last get the script that does nothing. */
    enum Outcome {
        /** The loader of the key, or the answer that the page has it already. */
        SERVED,
        /** No client key has this public key. */
        UNKNOWN,
        /** The client key is switched off. */
        INACTIVE,
        /** The client key has expired. */
        EXPIRED,
        /** The folder of the SDK has no file for the options of the key. */
        NO_BUNDLE,
        /** 503: the database did not say whether the key is good. */
        UNAVAILABLE;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Outcome, Counter> answers = new EnumMap<>(Outcome.class);

    LoaderMetrics(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            answers.put(outcome, registry.counter(REQUESTS, "outcome", outcome.label()));
        }
    }

    void answered(Outcome outcome) {
        Objects.requireNonNull(answers.get(outcome)).increment();
    }
}
