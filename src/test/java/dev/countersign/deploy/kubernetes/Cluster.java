package dev.countersign.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.deploy.DeployFiles;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The cluster that {@code KUBECONFIG} names, with a namespace of a test class's own. Register it as a static field. */
public final class Cluster implements BeforeAllCallback, AfterAllCallback {

    private static final PatchContext.Builder APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("countersign-tests")
            .withFieldValidation("Strict")
            .withForce(true);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deque<Resource<GenericKubernetesResource>> applied = new ArrayDeque<>();
    private final String namespace =
            "countersign-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Optional<APIResourceList>> known = new HashMap<>();
    private @Nullable KubernetesClient client;

    @Override
    public void beforeAll(ExtensionContext context) {
        client = new KubernetesClientBuilder().build();
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        removeApplied();
        client().namespaces().withName(namespace).delete();
        client().close();
    }

    /** The client, between the first test and the last one. */
    public KubernetesClient client() {
        if (client == null) {
            throw new IllegalStateException("not started");
        }
        return client;
    }

    /** The namespace of the test class. */
    public String namespace() {
        return namespace;
    }

    /** Whether the cluster has a kind. */
    public boolean knows(JsonNode object) {
        return resource(object).isPresent();
    }

    /** Whether the cluster has a version of an API. */
    public boolean knows(String apiVersion) {
        return kinds(apiVersion).findAny().isPresent();
    }

    /**
     * Applies the objects of a text in the namespace, strictly: an unknown field is refused. What is applied is removed after the
     * last test of the class.
     */
    public void apply(String yaml) {
        for (JsonNode object : DeployFiles.yaml(yaml)) {
            Resource<GenericKubernetesResource> resource = target(object);
            resource.patch(APPLY.withDryRun(List.of()).build());
            applied.push(resource);
        }
    }

    /** Removes what was applied, the last first. */
    public void removeApplied() {
        applied.forEach(Resource::delete);
        applied.clear();
    }

    /** Has the cluster judge an object as {@link #apply} does, and store nothing. */
    public void tryToApply(JsonNode object) {
        target(object).patch(APPLY.withDryRun(List.of("All")).build());
    }

    /** What is stored of an object of a text with one object. */
    public JsonNode stored(String yaml) {
        return JSON.valueToTree(target(DeployFiles.yaml(yaml).get(0)).require());
    }

    /** Makes a Secret with a token, as External Secrets Operator wants it for its stores. */
    public void createToken(String name, String token) {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("external-secrets.io/type", "webhook")
                .endMetadata()
                .withStringData(Map.of("token", token))
                .build();
        client().secrets().inNamespace(namespace).resource(secret).create();
    }

    /** The entries of a Secret; none where it does not exist. */
    public Map<String, String> secret(String name) {
        Secret secret = client().secrets().inNamespace(namespace).withName(name).get();
        Map<String, String> entries = new TreeMap<>();
        if (secret != null && secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            entries.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return entries;
    }

    private Resource<GenericKubernetesResource> target(JsonNode object) {
        APIResource resource = resource(object)
                .orElseThrow(() -> new AssertionError("The cluster does not know " + object.path("kind")));
        GenericKubernetesResource item = JSON.convertValue(object, GenericKubernetesResource.class);
        if (resource.getNamespaced()) {
            item.getMetadata().setNamespace(namespace);
        }
        ResourceDefinitionContext context = new ResourceDefinitionContext.Builder()
                .withGroup(group(item.getApiVersion()))
                .withVersion(item.getApiVersion().replaceFirst(".*/", ""))
                .withKind(item.getKind())
                .withPlural(resource.getName())
                .withNamespaced(resource.getNamespaced())
                .build();
        return resource.getNamespaced()
                ? client().genericKubernetesResources(context)
                        .inNamespace(namespace)
                        .resource(item)
                : client().genericKubernetesResources(context).resource(item);
    }

    private Optional<APIResource> resource(JsonNode object) {
        return kinds(object.path("apiVersion").asText())
                .filter(kind -> kind.getKind().equals(object.path("kind").asText()))
                .findFirst();
    }

    /** Those that the cluster has, without their parts such as {@code deployments/status}. */
    private Stream<APIResource> kinds(String apiVersion) {
        return known
                .computeIfAbsent(apiVersion, version -> Optional.ofNullable(client().getApiResources(version)))
                .stream()
                .flatMap(list -> list.getResources().stream())
                .filter(kind -> !kind.getName().contains("/"));
    }

    private static @Nullable String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? null : apiVersion.substring(0, slash);
    }
}
