package dev.countersign.relay.trusted;

import dev.countersign.relay.signature.RelaySignature;
import dev.countersign.relay.signature.SignatureFault;
import dev.countersign.web.error.RelayRefused;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** Authenticates the requests of relays by their signatures. */
@Singleton
public class RelayAuthentication {

    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private final TrustedRelays relays;

    RelayAuthentication(TrustedRelays relays) {
        this.relays = relays;
    }

    /**
     * The relay that has signed a request at most five minutes ago.
     *
     * @throws dev.countersign.web.error.ApiException 401 if no trusted relay has
     */
    public Relay require(SignedRequest request) {
        if (Relay.id(request.relayId()) == null) {
            throw RelayRefused.unauthorized("Invalid relay ID");
        }
        if (request.isUnsigned()) {
            throw RelayRefused.unauthorized("Missing relay signature");
        }
        Relay relay = relays.find(request.relayId());
        if (relay == null) {
            throw RelayRefused.unauthorized("Unknown relay");
        }
        SignatureFault fault = RelaySignature.fault(
                request.signatureText(), request.body().bytes(), relay.key(), Instant.now(), MAX_AGE);
        if (fault != null) {
            throw RelayRefused.unauthorized("Invalid relay signature").explain(fault.text());
        }
        return relay;
    }
}
