package dev.countersign.development;

import dev.countersign.console.ConsoleConfig;
import dev.countersign.installation.HomeResource;
import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Leads a browser from {@code /} to the console in development, and hands the console the API key of the sample data at {@code
 * /console/sample.json}.
 */
@ApplicationScoped
@IfBuildProfile("dev")
public class DevelopmentConsole {

    /** Before the description of the service, and before the files of the console. */
    private static final int FIRST = -1000;

    private static final int NOT_FOUND = 404;
    private static final int FOUND = 302;

    /** A page of another site can reach this service under a name of its own, but not under one of these. */
    private static final Pattern LOOPBACK = Pattern.compile("(?i)(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::\\d{1,5})?");

    private final ConsoleConfig config;
    private final Path apiKeyFile;

    @Inject
    DevelopmentConsole(ConsoleConfig config) {
        this(config, SampleData.API_KEY_FILE);
    }

    DevelopmentConsole(ConsoleConfig config, Path apiKeyFile) {
        this.config = config;
        this.apiKeyFile = apiKeyFile;
    }

    void register(@Observes Router router) {
        if (config.enabled()) {
            router.route("/")
                    .order(FIRST)
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .handler(DevelopmentConsole::lead);
            router.route("/console/sample.json")
                    .order(FIRST)
                    .method(HttpMethod.GET)
                    .blockingHandler(this::answerSample, false);
        }
    }

    private static void lead(RoutingContext context) {
        if (HomeResource.prefersHtml(context.parsedHeaders().accept())) {
            context.response()
                    .setStatusCode(FOUND)
                    .putHeader(HttpHeaders.LOCATION, "console/")
                    .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                    .end();
        } else {
            context.next();
        }
    }

    private void answerSample(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        @Nullable String host = context.request().getHeader(HttpHeaders.HOST);
        if (host == null || !LOOPBACK.matcher(host).matches() || !Files.isRegularFile(apiKeyFile)) {
            context.response().setStatusCode(NOT_FOUND).end();
            return;
        }
        context.json(JsonObject.of("apiKey", readKey()));
    }

    private String readKey() {
        try {
            return Files.readString(apiKeyFile).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
