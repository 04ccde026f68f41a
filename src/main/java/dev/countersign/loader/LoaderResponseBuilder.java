package dev.countersign.loader;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Sends loaders with the headers of Sentry's, which let browsers and CDNs keep them, but never for longer than a key has left.
 * Reads the scripts from the class path at the first request.
 */
@ApplicationScoped
class LoaderResponseBuilder {

    private static final int BROWSER_SECONDS = 3600;
    private static final int CDN_SECONDS = 60;
    private static final int STALE_SECONDS = 315_360_000;
    private static final CharSequence CACHE_CONTROL = HttpHeaders.createOptimized(cacheControl(Long.MAX_VALUE));
    private static final CharSequence TYPE = HttpHeaders.createOptimized("text/javascript");
    private static final CharSequence SURROGATE_KEY = HttpHeaders.createOptimized("Surrogate-Key");

    private final LoaderScript readable = LoaderScript.read(".js");
    private final LoaderScript minified = LoaderScript.read(".min.js");

    /** Sends the loader of a key, or the script that does nothing where the key is null or not good. */
    void send(RoutingContext context, boolean isMinified, @Nullable LoaderKey key) {
        LoaderScript form = isMinified ? minified : readable;
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        long now = System.nanoTime();
        long left = key == null ? Long.MAX_VALUE : key.secondsLeft(now);
        response.putHeader(HttpHeaders.CACHE_CONTROL, left < STALE_SECONDS ? cacheControl(left) : CACHE_CONTROL);
        LoaderKey.Script script = key == null ? null : key.script();
        if (script != null) {
            response.putHeader(SURROGATE_KEY, script.surrogateKey());
        }
        boolean good = key != null && key.isGood(now);
        if (script == null || !good) {
            send(context, form.noopTag(), form.noop());
        } else {
            send(context, form.tagOf(script), form.of(script));
        }
    }

    private static void send(RoutingContext context, String tag, Buffer body) {
        HttpServerResponse response = context.response().putHeader(HttpHeaders.ETAG, tag);
        String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && (known.contains(tag) || known.equals("*"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }

    /** The value of {@code Cache-Control} for a key that has some seconds left. */
    private static String cacheControl(long left) {
        return "public, max-age=" + Math.min(BROWSER_SECONDS, left)
                + ", s-maxage=" + Math.min(CDN_SECONDS, left)
                + ", stale-while-revalidate=" + Math.min(STALE_SECONDS, left)
                + ", stale-if-error=" + Math.min(STALE_SECONDS, left);
    }
}
