package dev.countersign.development;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.credential.token.TokenConfig;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Creates sample data for development: the organization and the project of Sentry's API page, and an API key in {@code
 * .dev/api-key}. Uses the API once the service answers. Prints the credentials and an example request at each start and
 * after each live reload.
 */
@ApplicationScoped
@IfBuildProfile("dev")
public class SampleData {

    private static final Logger LOG = Logger.getLogger(SampleData.class);
    private static final String ORGANIZATION = "the-interstellar-jurisdiction";
    private static final String PROJECT = "pump-station";
    private static final String API = "/api/0/";

    /** The file that keeps the API key of the sample data. */
    static final Path API_KEY_FILE = Path.of(".dev", "api-key");

    /** The system property with the port of this service. It outlives a live reload. */
    static final String PORT = "dev.countersign.port";

    private final String operatorToken;
    private final Path apiKeyFile;

    @Inject
    SampleData(TokenConfig config) {
        this(config.operatorToken().orElse(""), API_KEY_FILE);
    }

    SampleData(String operatorToken, Path apiKeyFile) {
        this.operatorToken = operatorToken;
        this.apiKeyFile = apiKeyFile;
    }

    void onStart(@ObservesAsync HttpServerStart started) throws IOException, InterruptedException {
        int port = started.options().getPort();
        ApiClient client = new ApiClient(url(port) + API, operatorToken);
        createMissing(client);
        print(port, apiKey(client));
        System.setProperty(PORT, Integer.toString(port));
    }

    /** Prints the credentials again after a live reload, which keeps the port open and so fires no HttpServerStart. */
    void onReload(@Observes StartupEvent started) throws IOException {
        @Nullable Integer port = Integer.getInteger(PORT);
        if (port != null && Files.isRegularFile(apiKeyFile)) {
            print(port, Files.readString(apiKeyFile).strip());
        }
    }

    private static void createMissing(ApiClient client) throws IOException, InterruptedException {
        client.post("organizations/", Map.of("name", "The Interstellar Jurisdiction", "slug", ORGANIZATION));
        client.post("organizations/" + ORGANIZATION + "/teams/", Map.of("slug", "core"));
        client.post("teams/" + ORGANIZATION + "/core/projects/", Map.of("name", "Pump Station", "slug", PROJECT));
    }

    /** The API key of an earlier start if it is still valid, or a new one. */
    private String apiKey(ApiClient client) throws IOException, InterruptedException {
        if (Files.isRegularFile(apiKeyFile)) {
            String kept = Files.readString(apiKeyFile).strip();
            if (client.with(kept).get("projects/" + ORGANIZATION + "/" + PROJECT + "/") == ApiClient.OK) {
                return kept;
            }
        }
        JsonNode created = client.post(
                "organizations/" + ORGANIZATION + "/api-keys/",
                Map.of("label", "development", "scope_list", new String[] {"project:admin", "team:admin", "org:admin"
                }));
        String key = created.path("key").asText();
        OwnerOnlyFile.write(apiKeyFile, key);
        return key;
    }

    private static String url(int port) {
        return "http://localhost:" + port;
    }

    private void print(int port, String key) {
        String credentials = Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
        LOG.infof("""


                Countersign is ready at %1$s/api/0/
                  operator token  %2$s
                  api key         %3$s
                  console         %1$s/console/
                  Swagger UI      %1$s/q/swagger-ui/

                Mint a client key:

                curl -i -X POST %1$s/api/0/projects/%4$s/%5$s/keys/ \\
                  -H 'Authorization: Basic %6$s' \\
                  -H 'Content-Type: application/json' \\
                  -d '{"name": "Fabulous Key"}'
                """, url(port), operatorToken, key, ORGANIZATION, PROJECT, credentials);
    }
}
