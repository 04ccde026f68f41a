package dev.countersign.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Each query parameter and each body member that Sentry documents is either in the OpenAPI document or in
 * docs/compatibility.md. {@code src/test/contract/sentry-requests} writes the list of Sentry, {@code
 * sentry-requests.json}.
 */
class SentryRequestsTest {

    private static final Path DOCUMENT = Path.of("docs", "openapi", "openapi.yaml");
    private static final Path COMPATIBILITY = Path.of("docs", "compatibility.md");
    private static final Path SENTRY = Path.of("src", "test", "resources", "sentry-requests.json");
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z]+ [^`]+)` \\| (`[^|]+`) \\| [^|]+ \\|");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void documentedRequestsAreHonouredOrListed() throws IOException {
        Set<String> documented = documented();
        Set<String> honoured = honoured();
        Set<String> told = told();

        Set<String> silent = new TreeSet<>(documented);
        silent.removeAll(honoured);
        silent.removeAll(told);
        assertThat(silent)
                .as("neither in the OpenAPI document nor in compatibility.md")
                .isEmpty();

        Set<String> both = new TreeSet<>(told);
        both.retainAll(honoured);
        assertThat(both).as("in compatibility.md though honoured").isEmpty();

        Set<String> unknown = new TreeSet<>(told);
        unknown.removeAll(documented);
        assertThat(unknown)
                .as("in compatibility.md though Sentry does not document it")
                .isEmpty();
    }

    private static Set<String> documented() throws IOException {
        Set<String> names = new TreeSet<>();
        new JsonMapper().readTree(SENTRY.toFile()).properties().forEach(operation -> {
            operation.getValue().path("query").forEach(name -> names.add(operation.getKey() + " ?" + name.asText()));
            operation.getValue().path("body").forEach(name -> names.add(operation.getKey() + " " + name.asText()));
        });
        assertThat(names).hasSizeGreaterThan(80);
        return names;
    }

    private static Set<String> honoured() throws IOException {
        JsonNode document = new YAMLMapper().readTree(DOCUMENT.toFile());
        Set<String> names = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    String operation = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                    method.getValue()
                            .path("parameters")
                            .forEach(parameter -> names.add(
                                    operation + " ?" + parameter.path("name").asText()));
                    JsonNode content = method.getValue().path("requestBody").path("content");
                    addMembers(
                            names,
                            operation + " ",
                            document,
                            content.path("application/json").path("schema"));
                }));
        return names;
    }

    private static void addMembers(Set<String> names, String prefix, JsonNode document, JsonNode schema) {
        JsonNode resolved =
                schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
        resolved.path("properties").properties().stream()
                .filter(member -> !DocumentedMembersTest.isWithoutEffect(member.getValue()))
                .forEach(member -> {
                    names.add(prefix + member.getKey());
                    addMembers(names, prefix + member.getKey() + ".", document, member.getValue());
                });
    }

    private static Set<String> told() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String line : Files.readAllLines(COMPATIBILITY)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Matcher name = NAME.matcher(row.group(2));
                while (name.find()) {
                    names.add(row.group(1) + " " + name.group(1));
                }
            }
        }
        return names;
    }
}
