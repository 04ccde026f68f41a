package dev.countersign.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Service accounts of a cluster, their tokens, and the settings of a service that trusts them. */
final class ServiceAccounts {

    /** The audience of the tokens. */
    static final String AUDIENCE = "countersign";

    private ServiceAccounts() {}

    static void create(KubernetesClient client, String namespace, String name) {
        client.serviceAccounts()
                .inNamespace(namespace)
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** A new token of an account. */
    static String token(KubernetesClient client, String namespace, String account, String audience, long seconds) {
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(audience)
                        .withExpirationSeconds(seconds)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    /** The claims of a token. */
    static JsonNode claims(String token) throws IOException {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }

    /**
     * The settings of a service that loads the keys from the server of a client, with the token of the account {@code countersign}. The
     * account {@code deployer} of the namespace may write in the organization {@code acme}.
     *
     * @param folder for the certificate and the token
     */
    static Map<String, String> settings(KubernetesClient client, String namespace, Path folder) throws IOException {
        String base = client.getMasterUrl().toString().replaceFirst("/+$", "");
        Path ca = folder.resolve("ca.crt");
        Files.write(ca, Base64.getMimeDecoder().decode(client.getConfiguration().getCaCertData()));
        String issuer = claims(token(client, namespace, "countersign", AUDIENCE, 3600))
                .path("iss")
                .asText();
        Path token = Files.writeString(folder.resolve("token"), token(client, namespace, "countersign", issuer, 3600));
        String prefix = "COUNTERSIGN_ISSUERS_CLUSTER_";
        return new HashMap<>(Map.of(
                prefix + "ISSUER",
                issuer,
                prefix + "AUDIENCE",
                AUDIENCE,
                prefix + "JWKS_URL",
                base + "/openid/v1/jwks",
                prefix + "JWKS_CA_FILE",
                ca.toString(),
                prefix + "JWKS_TOKEN_FILE",
                token.toString(),
                prefix + "GRANTS_0__CLAIM",
                "/kubernetes.io/namespace",
                prefix + "GRANTS_0__MATCHES",
                namespace,
                prefix + "GRANTS_0__ORGANIZATION",
                "acme",
                prefix + "GRANTS_0__SCOPES",
                "project:read,project:write"));
    }
}
