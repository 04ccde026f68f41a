package dev.countersign.gate.request;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds those headers of a gateway's request that the gate needs, found in one pass over all headers. Marks a header that is
 * there twice, and a name that differs from one of these only by underscores, because some servers take {@code X_Sentry_Auth}
 * for {@code X-Sentry-Auth}.
 */
public final class GatewayRequest {

    /** The name of the header in which an asker sends a token or an API key. */
    public static final String TOKEN_HEADER = "x-countersign-token";

    private static final String PARTIAL_BODY_HEADER = "x-envoy-auth-partial-body";

    final Style style;

    @Nullable
    String target;

    @Nullable
    String method;

    @Nullable
    String sentryAuth;

    @Nullable
    String authorization;

    @Nullable
    String origin;

    @Nullable
    String referer;

    @Nullable
    String contentLength;

    @Nullable
    String contentEncoding;

    /** Whether the request has {@code Access-Control-Request-Method}. */
    boolean asksForMethod;

    /** Whether the gateway passes on only the beginning of the body. */
    boolean cutBody;

    /** Whether the path, the method, or a header of another gateway make the source unusable. */
    boolean unclearSource;

    /** Whether a header that decides is there twice, or beside a name with underscores. */
    boolean ambiguous;

    private @Nullable String token;
    private boolean tokenRepeated;

    private GatewayRequest(Style style) {
        this.style = style;
    }

    /**
     * Reads the headers of a request.
     *
     * @param target the client's path and query; counts for {@link Style#PATH} only
     * @param method the method of the request; counts for {@link Style#PATH} only
     * @param headers names and values, in their order
     */
    public static GatewayRequest of(
            Style style, String target, String method, Iterator<Map.Entry<CharSequence, CharSequence>> headers) {
        GatewayRequest request = new GatewayRequest(style);
        if (style == Style.PATH) {
            request.target = target;
            request.method = method;
        }
        while (headers.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = headers.next();
            request.read(header.getKey(), header.getValue());
        }
        return request;
    }

    /** The token or API key of the asker; null where there is none, or more than one. */
    public @Nullable String token() {
        return tokenRepeated ? null : token;
    }

    /** Most names are told apart by their length, so that most headers cost one comparison of numbers. */
    private void read(CharSequence name, CharSequence value) {
        switch (name.length()) {
            case 6 -> {
                if (is(name, "origin")) {
                    origin = once(origin, value);
                }
            }
            case 7 -> {
                if (is(name, "referer")) {
                    referer = once(referer, value);
                }
            }
            case 11 -> {
                if (style == Style.ORIGINAL && is(name, "x-sent-from")) {
                    unclearSource = true;
                }
            }
            case 13 -> {
                if (is(name, "x-sentry-auth")) {
                    sentryAuth = once(sentryAuth, value);
                } else if (is(name, "authorization")) {
                    authorization = once(authorization, value);
                }
            }
            case 14, 15, 17, 18 -> readSource(name, value);
            case 16 -> {
                if (style == Style.PATH && is(name, "content-encoding")) {
                    contentEncoding = contentEncoding == null ? value.toString() : contentEncoding + "," + value;
                }
            }
            case 19 -> {
                if (is(name, TOKEN_HEADER)) {
                    tokenRepeated |= token != null;
                    token = value.toString();
                }
            }
            case 25 -> cutBody |= is(name, PARTIAL_BODY_HEADER) && !"false".contentEquals(value);
            case 29 -> asksForMethod |= is(name, "access-control-request-method");
            default -> {
                // No header that decides has a name of this length.
            }
        }
    }

    private void readSource(CharSequence name, CharSequence value) {
        if (style == Style.PATH) {
            if (is(name, "content-length")) {
                contentLength = value.toString();
            }
        } else if (is(name, style.uriHeader())) {
            unclearSource |= target != null;
            target = style == Style.INGRESS_NGINX ? withoutHost(value.toString()) : value.toString();
        } else if (is(name, style.methodHeader())) {
            unclearSource |= method != null;
            method = value.toString();
        } else if (style == Style.ORIGINAL && is(name, "x-original-url")) {
            unclearSource = true;
        }
    }

    /**
     * The path and the query of a URL such as {@code https://host/api/7/store/}. The host is the client's own text, so it
     * ends at the first slash, whatever else it holds: nginx takes no host with a slash.
     */
    private static String withoutHost(String url) {
        int scheme = url.startsWith("http://") || url.startsWith("https://") ? url.indexOf("//") + 2 : 0;
        int path = url.indexOf('/', scheme);
        return path < 0 ? "" : url.substring(path);
    }

    private String once(@Nullable String before, CharSequence value) {
        ambiguous |= before != null;
        return value.toString();
    }

    /** Whether a name is the expected one; marks the request where only underscores differ, and then answers false. */
    private boolean is(CharSequence name, @Nullable String expected) {
        if (expected == null || name.length() != expected.length()) {
            return false;
        }
        boolean underscored = false;
        for (int i = 0; i < expected.length(); i++) {
            char found = name.charAt(i);
            char wanted = expected.charAt(i);
            if (found != wanted) {
                if (found == '_' && wanted == '-') {
                    underscored = true;
                } else if (found < 'A' || found > 'Z' || found + ('a' - 'A') != wanted) {
                    return false;
                }
            }
        }
        ambiguous |= underscored;
        return !underscored;
    }
}
