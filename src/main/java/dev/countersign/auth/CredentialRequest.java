package dev.countersign.auth;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** A credential that a request presents. */
final class CredentialRequest extends BaseAuthenticationRequest {

    private final ApiKeySecret secret;
    private final String unknownDetail;

    /** @param unknownDetail what a caller is told about one that nobody has */
    CredentialRequest(ApiKeySecret secret, String unknownDetail) {
        this.secret = secret;
        this.unknownDetail = unknownDetail;
    }

    ApiKeySecret secret() {
        return secret;
    }

    String unknownDetail() {
        return unknownDetail;
    }
}
