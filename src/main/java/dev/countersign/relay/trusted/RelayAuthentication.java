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
    private final BadRequestLimit limit;

    RelayAuthentication(TrustedRelays relays, BadRequestLimit limit) {
        this.relays = relays;
        this.limit = limit;
    }

    /**
     * The relay that has signed a request at most five minutes ago.
     *
     * @throws dev.countersign.web.error.ApiException 401 if no trusted relay has, 429 past the limit of bad signatures
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
        limit.require(request);
        SignatureFault fault = RelaySignature.fault(
                request.signatureText(), request.body().bytes(), relay.key(), Instant.now(), MAX_AGE);
        if (fault != null) {
            throw limit.bad(
                    request,
                    RelayRefused.unauthorized("Invalid relay signature").explain(fault.text()));
        }
        limit.good(request, relay);
        return relay;
    }
}
