package dev.countersign.health;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers Sentry's probe path {@code /_health/} with {@code ok} as long as the service runs. With {@code ?full} the
 * answer is that of {@code /q/health/ready}, 200 or 503.
 */
@ApplicationScoped
public class SentryHealthResource {

    void register(@Observes Router router) {
        router.route("/_health/").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(SentryHealthResource::answer);
    }

    private static void answer(RoutingContext context) {
        if (context.queryParams().contains("full")) {
            context.reroute(HttpMethod.GET, "/q/health/ready");
        } else {
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain").end("ok");
        }
    }
}
