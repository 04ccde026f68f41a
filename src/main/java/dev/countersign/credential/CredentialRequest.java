package dev.countersign.credential;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** The secret that a request presents, as input of {@link CredentialProvider}. */
final class CredentialRequest extends BaseAuthenticationRequest {

    private final Secret secret;
    private final String unknownDetail;

    /** @param unknownDetail the message for the client where no credential has this secret */
    CredentialRequest(Secret secret, String unknownDetail) {
        this.secret = secret;
        this.unknownDetail = unknownDetail;
    }

    Secret secret() {
        return secret;
    }

    String unknownDetail() {
        return unknownDetail;
    }
}
