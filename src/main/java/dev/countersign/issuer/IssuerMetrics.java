package dev.countersign.issuer;

import dev.countersign.issuer.key.IssuerKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the loads of an issuer's keys, and shows the age of the keys: {@code countersign_issuer_keys_*}. */
final class IssuerMetrics implements IssuerKeys.LoadListener {

    private static final String LOADS = "countersign.issuer.keys.loads";

    private final MeterRegistry metrics;
    private final String issuer;
    private final Runnable changed;
    private final Counter succeeded;
    private final Counter failed;

    /** @param changed runs when the keys have changed */
    IssuerMetrics(MeterRegistry metrics, String issuer, Runnable changed) {
        this.metrics = metrics;
        this.issuer = issuer;
        this.changed = changed;
        this.succeeded = metrics.counter(LOADS, "issuer", issuer, "outcome", "succeeded");
        this.failed = metrics.counter(LOADS, "issuer", issuer, "outcome", "failed");
    }

    void showAge(IssuerKeys keys) {
        Gauge.builder("countersign.issuer.keys.age", keys, IssuerKeys::ageSeconds)
                .baseUnit("seconds")
                .tag("issuer", issuer)
                .register(metrics);
    }

    @Override
    public void changed() {
        changed.run();
    }

    @Override
    public void ended(boolean success) {
        (success ? succeeded : failed).increment();
    }
}
