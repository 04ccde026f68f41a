package dev.countersign.console;

import dev.countersign.retention.RetentionConfig;
import dev.countersign.web.json.Gzip;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Serves the page of the console at {@code /console/} and its files below, if the console is on. Needs no credential: the page
 * sends that of the person to the API.
 */
@ApplicationScoped
public class ConsoleResource {

    private static final String PATH = "/console";

    /**
     * The page loads and calls only what this service serves, has no inline script or style, cannot be framed, and cannot make
     * HTML of a text.
     */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

    private static final String IMMUTABLE = "public, max-age=31536000, immutable";
    private static final String NO_STORE = "no-store";
    private static final int NOT_FOUND = 404;
    private static final int PERMANENT_REDIRECT = 308;

    private final ConsoleConfig config;
    private final RetentionConfig retention;

    ConsoleResource(ConsoleConfig config, RetentionConfig retention) {
        this.config = config;
        this.retention = retention;
    }

    void register(@Observes Router router) {
        if (config.enabled()) {
            ConsoleFiles files = ConsoleFiles.read(
                    config.idleTimeout(), retention.usageHours(), LaunchMode.current() == LaunchMode.DEVELOPMENT);
            router.routeWithRegex(PATH + "(?:/.*)?")
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .handler(context -> answer(context, files));
        }
    }

    private static void answer(RoutingContext context, ConsoleFiles files) {
        HttpServerResponse response = context.response();
        String path = context.normalizedPath().substring(PATH.length());
        if (path.isEmpty()) {
            // A relative URL also works behind a proxy that puts the service below a path.
            response.putHeader(HttpHeaders.LOCATION, "console/")
                    .setStatusCode(PERMANENT_REDIRECT)
                    .end();
            return;
        }
        boolean isPage = path.equals("/");
        ConsoleFile file = isPage ? files.page() : files.find(path.substring(1));
        response.putHeader("Referrer-Policy", "no-referrer").putHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (file == null) {
            response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                    .setStatusCode(NOT_FOUND)
                    .end();
            return;
        }
        if (isPage) {
            response.putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        }
        send(context, file, isPage ? NO_STORE : IMMUTABLE);
    }

    private static void send(RoutingContext context, ConsoleFile file, String caching) {
        HttpServerResponse response = context.response();
        boolean gzip = Gzip.isAccepted(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
        Buffer body = Buffer.buffer(file.bytes(gzip));
        if (gzip) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        // Vert.x adds the length to the answer of GET only, not to that of HEAD.
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.type())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .putHeader(HttpHeaders.CACHE_CONTROL, caching)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                .end(body);
    }
}
