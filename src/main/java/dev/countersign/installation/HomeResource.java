package dev.countersign.installation;

import dev.countersign.console.ConsoleConfig;
import dev.countersign.web.route.ServiceConfig;
import io.quarkus.runtime.ApplicationConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Serves the description of this service at {@code /}: its version, and where its API, OpenAPI document, health checks and
 * documentation are. The answer is a page for clients that prefer HTML, as browsers do, and JSON for all others. Needs no
 * credential.
 */
@ApplicationScoped
public class HomeResource {

    /** The published repository, which is {@code repository.url} of {@code pom.xml}. */
    static final String DOCUMENTATION = "https://git.example.com/countersign/countersign";

    /** The page loads nothing and runs nothing. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String version;
    private final String baseUrl;
    private final boolean hasConsole;

    HomeResource(ApplicationConfig application, ServiceConfig service, ConsoleConfig console) {
        this.version = application.version().orElse("");
        this.baseUrl = ServiceConfig.baseUrl(service);
        this.hasConsole = console.enabled();
    }

    void register(@Observes Router router) {
        router.route("/").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        HttpServerResponse response = context.response().putHeader(HttpHeaders.VARY, "Accept");
        Buffer body;
        if (prefersHtml(context.parsedHeaders().accept())) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                    .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                    .putHeader("Referrer-Policy", "no-referrer");
            body = Buffer.buffer(html());
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
            body = json().toBuffer();
        }
        // Vert.x adds the length to the answer of GET only, not to that of HEAD.
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                .end(body);
    }

    private JsonObject json() {
        JsonObject home = new JsonObject()
                .put("name", "countersign")
                .put("version", version)
                .put("api", baseUrl + "/api/0/")
                .put("openapi", baseUrl + "/q/openapi")
                .put("health", baseUrl + "/q/health")
                .put("documentation", DOCUMENTATION);
        return hasConsole ? home.put("console", baseUrl + "/console/") : home;
    }

    /** Its links are relative, so that they also work behind a proxy that puts the service below a path. */
    private String html() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>Countersign</title>
                </head>
                <body>
                <h1>Countersign %s</h1>
                <p>This service makes Sentry client keys (DSNs). It has Sentry's API below <code>/api/0/</code>.</p>
                <ul>
                %s<li><a href="q/openapi">OpenAPI document of the API</a></li>
                <li><a href="q/health">Health checks</a></li>
                <li><a href="%s">Documentation</a></li>
                </ul>
                </body>
                </html>
                """.formatted(version, hasConsole ? "<li><a href=\"console/\">Console</a></li>\n" : "", DOCUMENTATION);
    }

    /**
     * Whether a client prefers a page to JSON, as browsers do. At equal preference JSON wins, because programs often accept
     * everything.
     *
     * @param accepted what the header {@code Accept} names
     */
    public static boolean prefersHtml(List<MIMEHeader> accepted) {
        return quality(accepted, "text/html", "text/*", "*/*", "*")
                > quality(accepted, "application/json", "application/*", "*/*", "*");
    }

    /**
     * The preference of a client for an answer, from 0 to 1.
     *
     * @param ranges what the client may call the answer, from the most specific name to the least, because the most specific
     *     one counts
     */
    private static float quality(List<MIMEHeader> accepted, String... ranges) {
        for (String range : ranges) {
            for (MIMEHeader entry : accepted) {
                if (range.equalsIgnoreCase(entry.value())) {
                    return entry.weight();
                }
            }
        }
        return 0;
    }
}
