package dev.countersign.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of the repository that package and deploy the service. */
public final class DeployFiles {

    static final Path DEPLOY = Path.of("deploy");
    static final Path COMPOSE = DEPLOY.resolve("compose.yaml");
    /** The manifests and recipes for Kubernetes. */
    public static final Path KUBERNETES = DEPLOY.resolve("kubernetes");

    static final Path LAMBDA = DEPLOY.resolve(Path.of("lambda", "template.yaml"));

    /** Files that a build makes for images and archives. None of them is in the repository. */
    static final List<String> BUILD_OUTPUTS = List.of(
            "target/quarkus-app/lib/",
            "target/quarkus-app/*.jar",
            "target/quarkus-app/app/",
            "target/quarkus-app/quarkus/",
            "target/*-runner",
            "target/function.zip");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DeployFiles() {}

    static List<Path> dockerfiles() {
        return files(Path.of("src", "main", "docker"), "Dockerfile");
    }

    /** The files that make a folder one of Kustomize's. */
    public static List<Path> kustomizations() {
        return files(KUBERNETES, "kustomization.yaml");
    }

    /** All files below a folder with this beginning of their name. */
    public static List<Path> files(Path folder, String beginning) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().startsWith(beginning))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a file. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of a YAML file. */
    public static List<JsonNode> yaml(Path file) {
        return yaml(text(file));
    }

    /** The documents of a YAML text, anchors and merge keys resolved. */
    public static List<JsonNode> yaml(String text) {
        Iterable<Object> documents = new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text);
        return StreamSupport.stream(documents.spliterator(), false)
                .map(document -> MAPPER.<JsonNode>valueToTree(document))
                .toList();
    }

    /** The objects for Kubernetes and Knative, without the files of Kustomize. */
    public static List<JsonNode> manifests() {
        return Stream.of(KUBERNETES, DEPLOY.resolve("knative"))
                .flatMap(folder -> files(folder, "").stream())
                .filter(file -> file.toString().endsWith(".yaml"))
                .flatMap(file -> yaml(file).stream())
                .filter(manifest -> !manifest.path("apiVersion").asText().contains("kustomize"))
                .toList();
    }

    /** The manifests that start pods. */
    static List<JsonNode> workloads() {
        return manifests().stream()
                .filter(manifest ->
                        !manifest.at("/spec/template/spec/containers").isMissingNode())
                .toList();
    }

    /** A copy with the members of each object in the order of their names. */
    public static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = MAPPER.createObjectNode();
            object.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(member -> copy.set(member.getKey(), sorted(member.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = MAPPER.createArrayNode();
            array.forEach(element -> copy.add(sorted(element)));
            return copy;
        }
        return node;
    }

    /** The elements of an array. */
    public static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
