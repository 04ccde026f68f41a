package dev.countersign.loader;

import dev.countersign.dsn.IngestHosts;
import dev.countersign.gate.known.KnownKeys;
import dev.countersign.loader.sdk.SdkResource;
import dev.countersign.web.answer.ErrorAnswer;
import dev.countersign.web.answer.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Serves the loader of each client key at {@code {key}.min.js} and, readable, at {@code {key}.js}, below the paths of
 * {@link LoaderPaths}. Needs no credential. A key that is unknown, switched off or expired gets a script that does nothing, so
 * that a page with the tag goes on to work.
 */
@ApplicationScoped
public class LoaderResource {

    private static final Logger LOG = Logger.getLogger(LoaderResource.class);
    private static final String SCRIPT = ".js";
    private static final String MINIFIED = ".min.js";
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Pattern PLAIN = Pattern.compile("/(?:[A-Za-z0-9._-]+/)+");

    private final IngestHosts hosts;
    private final LoaderKeys keys;
    private final LoaderResponseBuilder responses;
    private final SdkResource files;
    private final LoaderMetrics metrics;

    LoaderResource(
            IngestHosts hosts,
            LoaderKeys keys,
            LoaderResponseBuilder responses,
            SdkResource files,
            LoaderMetrics metrics) {
        this.hosts = hosts;
        this.keys = keys;
        this.responses = responses;
        this.files = files;
        this.metrics = metrics;
    }

    void register(@Observes Router router) {
        for (String path : LoaderPaths.loaders(hosts)) {
            register(router, path, LoaderResource::isLoader, this::answer);
            if (files.hasFiles()) {
                register(router, LoaderPaths.sdk(path), files::has, files::answer);
            }
        }
    }

    /**
     * Registers what answers some of the paths below another. The router compares the beginning of a path fastest.
     *
     * @param isServed whether the rest of a path names something that is served
     * @param answer answers a request for this rest
     */
    private static void register(
            Router router, String path, Predicate<String> isServed, BiConsumer<RoutingContext, String> answer) {
        Route route = PLAIN.matcher(path).matches()
                ? router.route(path + "*")
                : router.routeWithRegex(Pattern.quote(path) + ".+\\.js");
        route.handler(context -> {
            String requested = context.request().path();
            String rest = requested != null && requested.startsWith(path) ? requested.substring(path.length()) : "";
            if (!isServed.test(rest)) {
                context.next();
            } else if (METHODS.contains(context.request().method())) {
                answer.accept(context, rest);
            } else {
                String method = context.request().method().name();
                context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
                ErrorAnswer.end(context.response(), 405, "Method \"" + method + "\" not allowed.");
            }
        });
    }

    private static boolean isLoader(String file) {
        String key = key(file);
        return !key.isEmpty() && key.indexOf('/') < 0 && key.indexOf('.') < 0;
    }

    /** The text before the suffix; empty for another file. */
    private static String key(String file) {
        String suffix = file.endsWith(MINIFIED) ? MINIFIED : SCRIPT;
        return file.endsWith(suffix) ? file.substring(0, file.length() - suffix.length()) : "";
    }

    private void answer(RoutingContext context, String file) {
        boolean minified = file.endsWith(MINIFIED);
        String key = key(file);
        if (KnownKeys.isWellFormed(key)) {
            keys.find(key)
                    .subscribe()
                    .with(found -> responses.send(context, minified, found), failure -> refuse(context, failure));
        } else {
            responses.send(context, minified, null);
        }
    }

    /** A CDN goes on with what it has; nobody may keep this answer. */
    private void refuse(RoutingContext context, Throwable failure) {
        LOG.debug("A loader could not be served", failure);
        metrics.answered(LoaderMetrics.Outcome.UNAVAILABLE);
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Refusal.UNAVAILABLE.answer(context);
    }
}
