package dev.countersign.dsn;

import java.util.Map;

/** The ingest hosts of this installation by name, each as the builder of its DSNs. */
public final class IngestHosts {

    /** The name of the host that is used where nobody names another one. */
    public static final String DEFAULT = "default";

    private final DsnBuilder byDefault;

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException if some SDK would refuse a URL of a host
     */
    public IngestHosts(IngestConfig config) {
        this.byDefault = new DsnBuilder(config.byDefault());
    }

    /** All hosts by name, {@code default} first. */
    public Map<String, DsnBuilder> byName() {
        return Map.of(DEFAULT, byDefault);
    }

    /** The host that is used where nobody names another one. */
    public DsnBuilder byDefault() {
        return byDefault;
    }
}
