package dev.countersign.gate.known;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Configures the gate: the HTTP server on a port of its own that tells gateways whether to pass an event. Without a port there
 * is no gate.
 */
@ConfigMapping(prefix = "countersign.gate")
public interface GateConfig {

    /** The port of the gate, which serves nothing else. 0 is any free port. Unset: the gate is off. */
    OptionalInt port();

    /**
     * The gateways that may ask without a token, as addresses and networks such as {@code 10.0.0.0/8}. The peer of the
     * socket counts, never a header.
     */
    Optional<List<String>> trustedAddresses();

    /** A token that may ask about keys of every organization, and nothing else. */
    Optional<String> token();

    /** A file that holds this token. The file is read at start, and surrounding white space is removed. */
    Optional<Path> tokenFile();

    /** The most client keys that a replica keeps in memory. The least recently used is dropped first. */
    @WithDefault("200000")
    int knownKeys();

    /** How long known keys go on to pass after the database has been silent for one second. */
    @WithDefault("30s")
    Duration grace();

    /** What the gate answers once the grace is over. */
    @WithDefault("closed")
    OnFailure onFailure();

    /** How long an SDK shall be quiet after a refusal of its key, in whole seconds; 0 does not say. */
    @WithDefault("0")
    Duration refusedBackoff();

    /** The path before {@code /api/} at which gateways take events, such as {@code /ingest}; unset is none. */
    Optional<String> ingestPrefix();

    /** How often a replica adds what it counted to the database and reads the totals. */
    @WithDefault("1s")
    Duration interval();

    /** Names what the gate does without a database. */
    enum OnFailure {
        /** Refuses every event as unavailable. */
        CLOSED,
        /** Passes every event, except those whose key was bad when the database was last heard of. */
        OPEN
    }
}
