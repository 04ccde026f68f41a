package dev.countersign.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.issuer.RsaKey;
import dev.countersign.testsupport.issuer.Signer;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The key with which a real API server signs the tokens of service accounts changes while the service runs. */
@OnACluster
class SigningKeyIT {

    private static final Signer ONE = new Signer("one", "RS256", RsaKey.FIRST.pair());
    private static final Signer TWO = new Signer("two", "RS256", RsaKey.SECOND.pair());

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    @Test
    void rotatedKeyIsFollowedAndAServerThatIsAwayIsNotMissed(@TempDir Path folder) throws Exception {
        ServiceAccounts.create(CLUSTER.client(), CLUSTER.namespace(), "deployer");
        ServiceAccounts.create(CLUSTER.client(), CLUSTER.namespace(), "countersign");
        try (ApiServer server = ApiServer.beside(CLUSTER, folder)) {
            server.start(ONE);
            try (PackagedService service = PackagedService.startMigrated(
                    POSTGRES.server(), ServiceAccounts.settings(server.client(), CLUSTER.namespace(), folder))) {
                String keys = service.newProject("acme");
                String before = token(server);
                String unused = token(server);
                assertThat(create(service, keys, before)).isEqualTo(201);

                server.stop();
                assertThat(create(service, keys, before)).isEqualTo(201);
                assertThat(create(service, keys, unused))
                        .as("a new token of a known key")
                        .isEqualTo(201);

                server.start(TWO, ONE);
                String after = token(server);
                assertThat(keyId(after)).isNotEqualTo(keyId(before));
                assertThat(create(service, keys, after)).as("the new key").isEqualTo(201);
                assertThat(create(service, keys, before))
                        .as("the server still shows the old key")
                        .isEqualTo(201);

                assertExpiredTokenIsToldAndItsSuccessorServed(service, after, token(server));
            }
        }
    }

    /** The least life of a token is ten minutes, so this one says of itself that it ended, over the signature of the server's key. */
    private static void assertExpiredTokenIsToldAndItsSuccessorServed(
            PackagedService service, String token, String successor) throws Exception {
        ObjectNode claims = (ObjectNode) ServiceAccounts.claims(token);
        long now = Instant.now().getEpochSecond();
        claims.put("iat", now - 7200).put("nbf", now - 7200).put("exp", now - 3600);
        String header = new String(Base64.getUrlDecoder().decode(keyId(token)), StandardCharsets.UTF_8);

        HttpResponse<String> expired = auth(service, TWO.sign(header, claims.toString()));
        JsonNode first = new ObjectMapper().readTree(auth(service, token).body());
        JsonNode again = new ObjectMapper().readTree(auth(service, successor).body());

        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(expired.body()).contains("Token expired");
        assertThat(first.path("id").asText())
                .isEqualTo("cluster:system:serviceaccount:" + CLUSTER.namespace() + ":deployer");
        assertThat(again).isEqualTo(first);
    }

    private static String token(ApiServer server) {
        return ServiceAccounts.token(server.client(), CLUSTER.namespace(), "deployer", ServiceAccounts.AUDIENCE, 3600);
    }

    private static String keyId(String token) {
        return token.substring(0, token.indexOf('.'));
    }

    private static int create(PackagedService service, String keys, String token) throws Exception {
        return service.send(token, "POST", keys, """
                {"name":"app"}""").statusCode();
    }

    private static HttpResponse<String> auth(PackagedService service, String token) throws Exception {
        return service.send(token, "GET", "auth/", "");
    }
}
