package dev.countersign.development;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.credential.token.TokenConfig;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Creates the organization and the project of Sentry's API page for development, with an API key in
 * {@code .dev/api-key}. Creates them through the API once the service answers, and prints an example request.
 */
@ApplicationScoped
@IfBuildProfile("dev")
public class SampleData {

    private static final Logger LOG = Logger.getLogger(SampleData.class);
    private static final String ORGANIZATION = "the-interstellar-jurisdiction";
    private static final String PROJECT = "pump-station";
    private static final Path API_KEY = Path.of(".dev", "api-key");

    private final String operatorToken;

    SampleData(TokenConfig config) {
        this.operatorToken = config.operatorToken().orElse("");
    }

    void onStart(@ObservesAsync HttpServerStart started) throws IOException, InterruptedException {
        String api = "http://localhost:" + started.options().getPort() + "/api/0/";
        ApiClient client = new ApiClient(api, operatorToken);
        createMissing(client);
        print(api, apiKey(client));
    }

    private static void createMissing(ApiClient client) throws IOException, InterruptedException {
        client.post("organizations/", Map.of("name", "The Interstellar Jurisdiction", "slug", ORGANIZATION));
        client.post("organizations/" + ORGANIZATION + "/teams/", Map.of("slug", "core"));
        client.post("teams/" + ORGANIZATION + "/core/projects/", Map.of("name", "Pump Station", "slug", PROJECT));
    }

    /** The API key of an earlier start if it is still valid, or a new one. */
    private static String apiKey(ApiClient client) throws IOException, InterruptedException {
        if (Files.isRegularFile(API_KEY)) {
            String kept = Files.readString(API_KEY).strip();
            if (client.with(kept).get("projects/" + ORGANIZATION + "/" + PROJECT + "/") == ApiClient.OK) {
                return kept;
            }
        }
        JsonNode created = client.post(
                "organizations/" + ORGANIZATION + "/api-keys/",
                Map.of("label", "development", "scope_list", new String[] {"project:admin", "team:admin", "org:admin"
                }));
        String key = created.path("key").asText();
        OwnerOnlyFile.write(API_KEY, key);
        return key;
    }

    private void print(String api, String key) {
        String credentials =
                Base64.getEncoder().encodeToString((key + ":").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        LOG.infof("""


                Countersign is ready at %1$s
                  operator token  %2$s
                  api key         %3$s

                Mint a client key:

                curl -i -X POST %1$sprojects/%4$s/%5$s/keys/ \\
                  -H 'Authorization: Basic %6$s' \\
                  -H 'Content-Type: application/json' \\
                  -d '{"name": "Fabulous Key"}'
                """, api, operatorToken, key, ORGANIZATION, PROJECT, credentials);
    }
}
