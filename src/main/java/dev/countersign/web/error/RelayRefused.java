package dev.countersign.web.error;

import com.fasterxml.jackson.databind.node.TextNode;

/** Exception: refuses a request of a Relay, with the words that Sentry has for relays only. */
public final class RelayRefused extends ApiException {

    private static final int UNAUTHORIZED = 401;

    private RelayRefused(int status, Object body) {
        super(status, body);
    }

    /** 401: no trusted relay has signed the request. Has another {@code WWW-Authenticate} than other requests. */
    public static ApiException unauthorized(String detail) {
        return new RelayRefused(UNAUTHORIZED, new ErrorResponse(detail));
    }

    /** 400: the relay asks for a version of project configs that is not served. The body is a bare text. */
    public static ApiException version(String text) {
        return new RelayRefused(400, TextNode.valueOf(text));
    }

    /** Whether the relay is not authenticated. */
    boolean isUnauthorized() {
        return status() == UNAUTHORIZED;
    }
}
