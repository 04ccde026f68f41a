package dev.countersign.web.answer;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: gives a request an id, for the answer's header {@code X-Request-Id} and the log lines of the request. Keeps the
 * id that a client sends, so that one id identifies a request in all systems of the client.
 */
public final class RequestId {

    static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");
    private static final String LOG_FIELD = "requestId";

    /** An id that can neither break out of a header or log line nor make one very long. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:=/+-]{0,127}");

    private RequestId() {}

    /** Puts the id of a request into its answer and into later log lines. */
    public static void identify(HttpServerRequest request) {
        String id = sentOrGenerated(request.getHeader(HEADER));
        request.response().putHeader(HEADER, id);
        MDC.put(LOG_FIELD, id);
    }

    private static String sentOrGenerated(@Nullable String sent) {
        return sent != null && SAFE.matcher(sent).matches() ? sent : generate();
    }

    /** Makes a random id of sixteen bytes. The id need not be secret, so the random numbers need not be secure. */
    private static String generate() {
        byte[] bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
