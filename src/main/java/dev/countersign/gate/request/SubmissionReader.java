package dev.countersign.gate.request;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Parses a gateway's request into the submission that it asks about, a preflight, or the reason for a refusal. The checks have
 * a fixed order: the source, the path, a preflight, contradictions, and the key.
 */
public final class SubmissionReader {

    /** The longest body that the gate reads, in bytes. */
    public static final int MAX_BODY = 65_536;

    /** The longest path with its query, and the longest method, in characters. */
    static final int MAX_SOURCE = 8192;

    private final String ingestPrefix;

    /** @param ingestPrefix what precedes {@code /api/} in the paths of submissions; may be empty */
    public SubmissionReader(String ingestPrefix) {
        this.ingestPrefix = ingestPrefix;
    }

    /**
     * Whether the reader wants the body of a request: it is an envelope, not compressed, and its length is at most {@link
     * #MAX_BODY}.
     */
    public boolean wantsBody(GatewayRequest request) {
        if (request.style != Style.PATH || !isBounded(request.contentLength) || request.target == null) {
            return false;
        }
        String encoding = request.contentEncoding;
        IngestPath path = IngestPath.parse(ingestPrefix, request.target, pathEnd(request.target));
        return path != null
                && path.envelope()
                && (encoding == null || encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity"));
    }

    /**
     * Reads a request.
     *
     * @param body the bytes of an envelope; null if the gate has not seen them
     */
    public Reading read(GatewayRequest request, byte @Nullable [] body) {
        String target = request.target;
        String method = request.method;
        if (request.unclearSource
                || target == null
                || method == null
                || target.length() > MAX_SOURCE
                || !isMethod(method)) {
            return Reading.Refused.NO_REQUEST;
        }
        int pathEnd = pathEnd(target);
        IngestPath path = IngestPath.parse(ingestPrefix, target, pathEnd);
        // Servers cut a target at '#', or do not.
        if (path == null || target.indexOf('#', pathEnd) >= 0) {
            return Reading.Refused.PATH;
        }
        if (request.origin != null && request.asksForMethod && method.equals("OPTIONS")) {
            return Reading.Preflight.INSTANCE;
        }
        SubmittedKeys keys = new SubmittedKeys();
        keys.addHeader(request.sentryAuth, false);
        keys.addHeader(request.authorization, true);
        keys.addQuery(target, pathEnd + 1);
        keys.add(path.key());
        boolean contradictory = request.ambiguous;
        boolean limited = path.limited();
        if (path.envelope() && body != null) {
            Envelope envelope = Envelope.read(new String(body, StandardCharsets.ISO_8859_1), request.cutBody);
            String dsn = envelope.dsn();
            if (dsn != null && !dsn.isEmpty()) {
                keys.addOfDsn(Envelope.keyOfDsn(dsn, path.projectId()));
            }
            contradictory |= envelope.repeatsDsn();
            limited = envelope.limited();
        }
        String key = keys.key();
        if (contradictory || keys.areAmbiguous()) {
            return Reading.Refused.AMBIGUOUS;
        }
        return key == null ? Reading.Refused.NO_KEY : new Submission(path.projectId(), key, origin(request), limited);
    }

    /** The page's origin. A page that hides its origin sends {@code null}; then its referrer counts, as in Sentry. */
    private static @Nullable String origin(GatewayRequest request) {
        String origin = request.origin;
        if (origin != null && !origin.isEmpty() && !origin.equals("null")) {
            return origin;
        }
        String referer = request.referer;
        int scheme = referer == null ? -1 : referer.indexOf("://");
        if (referer == null || scheme < 0) {
            return null;
        }
        int end = scheme + "://".length();
        while (end < referer.length() && "/?#".indexOf(referer.charAt(end)) < 0) {
            end++;
        }
        return referer.substring(0, end);
    }

    private static int pathEnd(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target.length() : query;
    }

    private static boolean isBounded(@Nullable String contentLength) {
        if (contentLength == null || contentLength.isEmpty() || contentLength.length() > 5) {
            return false;
        }
        int length = 0;
        for (int i = 0; i < contentLength.length(); i++) {
            char digit = contentLength.charAt(i);
            if (digit < '0' || digit > '9') {
                return false;
            }
            length = length * 10 + (digit - '0');
        }
        return length > 0 && length <= MAX_BODY;
    }

    /** Whether a method has letters only: a comma would join two methods. */
    private static boolean isMethod(String method) {
        if (method.isEmpty() || method.length() > MAX_SOURCE) {
            return false;
        }
        for (int i = 0; i < method.length(); i++) {
            char letter = method.charAt(i);
            if ((letter < 'A' || letter > 'Z') && (letter < 'a' || letter > 'z') && letter != '-' && letter != '_') {
                return false;
            }
        }
        return true;
    }
}
