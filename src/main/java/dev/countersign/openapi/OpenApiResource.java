package dev.countersign.openapi;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Serves the OpenAPI document at {@code /q/openapi}, in YAML, or in JSON for {@code ?format=json} and for clients that
 * accept only JSON. The service reads the file on each request and not at start.
 */
@ApplicationScoped
public class OpenApiResource {

    private static final String JSON = "application/json";

    void register(@Observes Router router) {
        router.route("/q/openapi")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .blockingHandler(OpenApiResource::answer, false);
    }

    private static void answer(RoutingContext context) {
        boolean json = "json".equalsIgnoreCase(context.request().getParam("format"))
                || JSON.equals(context.request().getHeader(HttpHeaders.ACCEPT));
        try {
            byte[] document = json ? jsonDocument() : document();
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, json ? JSON : "application/yaml;charset=UTF-8")
                    .end(Buffer.buffer(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] document() throws IOException {
        try (InputStream document = OpenApiResource.class.getResourceAsStream("/openapi.yaml")) {
            return Objects.requireNonNull(document).readAllBytes();
        }
    }

    private static byte[] jsonDocument() throws IOException {
        var document = YAMLMapper.builder().build().readTree(document());
        return JsonMapper.builder().build().writeValueAsBytes(document);
    }
}
