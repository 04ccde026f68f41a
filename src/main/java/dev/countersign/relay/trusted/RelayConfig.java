package dev.countersign.relay.trusted;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.util.Map;
import java.util.Optional;

/** Configures the relays that may fetch project configs, and where they send the events of projects. */
@ConfigMapping(prefix = "countersign")
public interface RelayConfig {

    /**
     * The trusted relays, by names of the operator's own choice: a lower-case letter and up to 31 lower-case letters and
     * digits. Without one, no route of Relay exists.
     */
    Map<String, Relay> relays();

    /**
     * The server to which relays forward the events of a project, by the id of the project: a scheme and a host, such as {@code
     * https://ingest.example.com}. Without one, a relay forwards events to its own upstream.
     */
    @WithName("relay-upstream")
    Map<String, String> upstreams();

    /** Configures one relay by what its file {@code credentials.json} says. Both are required. */
    interface Relay {

        /** The id, a UUID of version 4. */
        Optional<String> id();

        /** The public key, 43 characters of base64url. */
        Optional<String> publicKey();
    }
}
