package dev.countersign.credential;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** A credential that a request presents. */
final class CredentialRequest extends BaseAuthenticationRequest {

    private final Secret secret;
    private final String unknownDetail;

    /** @param unknownDetail what a caller is told about one that nobody has */
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
