package dev.countersign.loader;

import dev.countersign.loader.sdk.ScriptResponseBuilder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
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
    private static final CharSequence SURROGATE_KEY = HttpHeaders.createOptimized("Surrogate-Key");

    private final LoaderScript readable = LoaderScript.read(".js");
    private final LoaderScript minified = LoaderScript.read(".min.js");

    private final LoaderMetrics metrics;

    LoaderResponseBuilder(LoaderMetrics metrics) {
        this.metrics = metrics;
    }

    /** Sends the loader of a key, or the script that does nothing where the key is null or not good. */
    void send(RoutingContext context, boolean isMinified, @Nullable LoaderKey key) {
        LoaderScript form = isMinified ? minified : readable;
        long now = System.nanoTime();
        long left = key == null ? Long.MAX_VALUE : key.secondsLeft(now);
        CharSequence cacheControl = left < STALE_SECONDS ? cacheControl(left) : CACHE_CONTROL;
        if (key != null) {
            context.response().putHeader(SURROGATE_KEY, key.surrogateKey());
        }
        LoaderMetrics.Outcome outcome = outcome(key, now);
        metrics.answered(outcome);
        LoaderKey.Script script = key == null || outcome != LoaderMetrics.Outcome.SERVED ? null : key.script();
        Buffer body = script == null ? form.noop() : form.of(script);
        String tag = script == null ? form.noopTag() : form.tagOf(script);
        ScriptResponseBuilder.end(context, tag, cacheControl, body.length(), response -> response.end(body));
    }

    private static LoaderMetrics.Outcome outcome(@Nullable LoaderKey key, long now) {
        if (key == null) {
            return LoaderMetrics.Outcome.UNKNOWN;
        }
        if (key.isExpired(now)) {
            return LoaderMetrics.Outcome.EXPIRED;
        }
        if (!key.active()) {
            return LoaderMetrics.Outcome.INACTIVE;
        }
        return key.script() == null ? LoaderMetrics.Outcome.NO_BUNDLE : LoaderMetrics.Outcome.SERVED;
    }

    /** The value of {@code Cache-Control} for a key that has some seconds left. */
    private static String cacheControl(long left) {
        return "public, max-age=" + Math.min(BROWSER_SECONDS, left)
                + ", s-maxage=" + Math.min(CDN_SECONDS, left)
                + ", stale-while-revalidate=" + Math.min(STALE_SECONDS, left)
                + ", stale-if-error=" + Math.min(STALE_SECONDS, left);
    }
}
