package dev.countersign.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.deploy.DeployFiles;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The organization {@code acme} of a packaged service, with its recipes applied in a cluster. The name {@code shop} of the recipes
 * stands for a project of each test's own. {@code SERVICE_HOST} is the name under which the cluster reaches this machine; {@code
 * localhost} by default.
 */
final class Shop {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger PROJECTS = new AtomicInteger();

    private final Cluster cluster;
    private final Client operator;
    private final String base;

    private Shop(Cluster cluster, PackagedService service) {
        this.cluster = cluster;
        this.operator = service.client(PATIENCE);
        this.base = "http://" + System.getenv().getOrDefault("SERVICE_HOST", "localhost") + ":" + service.port();
    }

    /** Makes the organization, and the Secrets with the tokens that the recipes name. */
    static Shop open(Cluster cluster, PackagedService service) {
        Shop shop = new Shop(cluster, service);
        shop.made("/api/0/organizations/", "{\"name\":\"acme\"}");
        shop.made("/api/0/organizations/acme/teams/", "{\"slug\":\"core\"}");
        cluster.createToken("countersign-reader", shop.newApiKey("project:read"));
        cluster.createToken("countersign-writer", shop.newApiKey("project:write"));
        return shop;
    }

    /** The text of a new API key. */
    String newApiKey(String scope) {
        return made("/api/0/organizations/acme/api-keys/", """
                        {"label":"%s","scope_list":["%s"]}
                        """.formatted(scope, scope))
                .path("key")
                .asText();
    }

    /** The slug of a new project. Its key {@code Default} is its oldest one. */
    String newProject() {
        String slug = "app-" + PROJECTS.incrementAndGet();
        made("/api/0/teams/acme/core/projects/", "{\"name\":\"" + slug + "\"}");
        return slug;
    }

    /** A new client key, as the service answers it. */
    JsonNode newKey(String project, String name) {
        return made(keys(project), "{\"name\":\"" + name + "\"}");
    }

    /** The path of the client keys of a project. */
    static String keys(String project) {
        return "/api/0/projects/acme/" + project + "/keys/";
    }

    void switchOff(String project, JsonNode key) {
        HttpResponse<String> answer =
                send("PUT", keys(project) + key.path("id").asText() + "/", "{\"isActive\":false}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    void remove(String project, JsonNode key) {
        HttpResponse<String> answer =
                send("DELETE", keys(project) + key.path("id").asText() + "/", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    /** The variables of the key {@code production} of a project. */
    Map<String, String> variables(String project) {
        Map<String, String> variables = new TreeMap<>();
        get("/api/countersign/v1/projects/acme/" + project + "/named-keys/production/env/")
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asText()));
        assertThat(variables).hasSize(7);
        return variables;
    }

    /** What the service answers, as the operator. */
    HttpResponse<String> send(String method, String path, String json) {
        return operator.send(method, path, json).join();
    }

    /** What the service answers with 200, as the operator. */
    JsonNode get(String path) {
        HttpResponse<String> answer = send("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer.body());
    }

    /** The text of a recipe below {@code components}, for this service, the cluster's namespace and a project. */
    String recipe(String file, String project) {
        String text =
                DeployFiles.text(DeployFiles.KUBERNETES.resolve("components").resolve(file));
        return text.replace("https://keys.example.com", base)
                .replaceAll("(?m)^( +name: )countersign(-env)?$", "$1" + cluster.namespace() + "$2")
                .replaceAll("(?m)^( +namespace: )countersign$", "$1" + cluster.namespace())
                .replace("refreshInterval: 5m", "refreshInterval: 1s")
                .replace("shop", project);
    }

    /** Applies {@code secret-store} and waits until External Secrets Operator has looked at both stores. */
    void applyStores() {
        for (String store : recipe("secret-store/secret-store.yaml", "shop").split("(?m)^---$")) {
            cluster.apply(store);
            awaitReason(store, "Valid");
        }
    }

    /** Waits until a Secret has these entries and no others. */
    void awaitSecret(String name, Map<String, String> entries) {
        assertThat(Poll.until(() -> cluster.secret(name), entries::equals))
                .as(name)
                .isEqualTo(entries);
    }

    /** Waits until External Secrets Operator says so of an object. */
    void awaitReason(String recipe, String reason) {
        assertThat(Poll.until(() -> reason(recipe), reason::equals)).isEqualTo(reason);
    }

    /** When the object was refreshed last; empty before the first time. */
    String refreshTime(String recipe) {
        return cluster.stored(recipe).at("/status/refreshTime").asText();
    }

    private String reason(String recipe) {
        return cluster.stored(recipe).at("/status/conditions/0/reason").asText();
    }

    private JsonNode made(String path, String json) {
        HttpResponse<String> answer = send("POST", path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer.body());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
