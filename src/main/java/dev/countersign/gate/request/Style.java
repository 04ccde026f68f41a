package dev.countersign.gate.request;

import org.jspecify.annotations.Nullable;

/**
 * Lists the kinds of gateways, such as nginx, Traefik and Envoy: where each puts the path and method of the client's request,
 * and which refusals each passes on to the client. Each style reads the path and the method from one source and ignores all
 * other sources, because a client can send every header itself.
 */
public enum Style {
    /** For nginx with {@code auth_request}. */
    ORIGINAL("x-original-uri", "x-original-method", true, true),
    /** For ingress-nginx. */
    INGRESS_NGINX("x-original-url", "x-original-method", true, true),
    /** For Traefik, Caddy and APISIX. */
    FORWARDED("x-forwarded-uri", "x-forwarded-method", false, false),
    /** For Envoy with {@code ext_authz} over HTTP, whose requests have the client's own method, path and query. */
    PATH(null, null, false, true);

    private final @Nullable String uriHeader;
    private final @Nullable String methodHeader;
    private final boolean onlyForbids;
    private final boolean losesServerErrors;

    Style(@Nullable String uriHeader, @Nullable String methodHeader, boolean onlyForbids, boolean losesServerErrors) {
        this.uriHeader = uriHeader;
        this.methodHeader = methodHeader;
        this.onlyForbids = onlyForbids;
        this.losesServerErrors = losesServerErrors;
    }

    /** Whether the gateway understands no refusal but 401 and 403, and makes every other one a 500. */
    public boolean onlyForbids() {
        return onlyForbids;
    }

    /** Whether the gateway replaces an answer such as 503, headers included, by one of its own. */
    public boolean losesServerErrors() {
        return losesServerErrors;
    }

    /** The header with the client's path and query, in lower case; null where the request itself has them. */
    @Nullable
    String uriHeader() {
        return uriHeader;
    }

    /** The header with the client's method, in lower case; null where the request itself has it. */
    @Nullable
    String methodHeader() {
        return methodHeader;
    }
}
