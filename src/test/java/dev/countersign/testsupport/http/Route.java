package dev.countersign.testsupport.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A method and a path of the OpenAPI document.
 *
 * @param method such as {@code PUT}
 * @param template such as {@code /api/0/organizations/{organization}/}
 */
public record Route(String method, String template) {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

    /** All routes. */
    public static List<Route> all() {
        try {
            JsonNode paths = new YAMLMapper()
                    .readTree(Path.of("docs", "openapi", "openapi.yaml").toFile())
                    .path("paths");
            List<Route> routes = new ArrayList<>();
            paths.properties().forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                if (METHODS.contains(method)) {
                    routes.add(new Route(method.toUpperCase(java.util.Locale.ROOT), path.getKey()));
                }
            }));
            return routes;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Whether a request of it has a body. */
    public boolean hasBody() {
        return method.equals("POST") || method.equals("PUT");
    }

    /** The path with each parameter replaced by what a function answers for its name. */
    public String path(UnaryOperator<String> value) {
        return java.util.regex.Pattern.compile("\\{([^}]+)}")
                .matcher(template)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(value.apply(match.group(1))));
    }
}
