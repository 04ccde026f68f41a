package dev.countersign.relay.trusted;

import dev.countersign.web.body.RequestBody;
import dev.countersign.web.filter.Sender;
import org.jspecify.annotations.Nullable;

/**
 * Holds the parts of a request that a relay signs, and who sent it.
 *
 * @param relayId the header {@value #ID}, or null
 * @param signature the header {@value #SIGNATURE}, or null
 * @param sender where the request comes from
 * @param body the body, which is signed as it was sent
 */
public record SignedRequest(
        @Nullable String relayId, @Nullable String signature, Sender sender, RequestBody body) {

    /** The header that names the relay. */
    public static final String ID = "X-Sentry-Relay-Id";

    /** The header that holds the signature. */
    public static final String SIGNATURE = "X-Sentry-Relay-Signature";

    /** Whether there is no signature. */
    public boolean isUnsigned() {
        return signature == null || signature.isEmpty();
    }

    /** The signature; empty if there is none. */
    public String signatureText() {
        return signature == null ? "" : signature;
    }
}
