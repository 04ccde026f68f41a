package dev.countersign.issuer;

import static dev.countersign.issuer.IssuerEnvironment.settings;
import static dev.countersign.issuer.IssuerEnvironment.status;
import static dev.countersign.issuer.IssuerEnvironment.token;
import static dev.countersign.issuer.IssuerEnvironment.url;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Midnight;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Certificates;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.issuer.JwksServer;
import dev.countersign.testsupport.issuer.RsaKey;
import dev.countersign.testsupport.issuer.Signer;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of issuers, as the packaged service loads them from a URL and from a file. Its settings are variables. */
class IssuersIT {

    private static final Signer ONE = new Signer("one", "RS256", RsaKey.FIRST.pair());
    private static final Signer TWO = Signer.create("two", "ES256");

    @RegisterExtension
    static final OwnPostgres POSTGRES = OwnPostgres.migrated();

    @TempDir
    private static Path folder;

    /** Never has keys. */
    private static JwksServer unavailable;

    private static PackagedService without;

    @BeforeAll
    static void createOrganizations() throws Exception {
        unavailable = new JwksServer(null, "");
        without = start(url("cluster", unavailable));
        without.newProject("shop");
        without.newProject("bank");
    }

    @AfterAll
    static void stop() {
        without.close();
        unavailable.close();
    }

    @Test
    void keysAreLoadedByTheFirstTokenOnceForManyAndFollowARotation() throws Exception {
        try (JwksServer issuer = new JwksServer(null, Signer.jwks(ONE));
                PackagedService service = start(url("cluster", issuer))) {
            assertThat(service.send("no-token", "GET", "auth/", "").statusCode())
                    .isEqualTo(401);
            assertThat(service.send(token(ONE).replace("e", "f"), "GET", "auth/", "")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(issuer.asked())
                    .as("no start and no malformed token loads keys")
                    .isEmpty();

            List<CompletableFuture<HttpResponse<String>>> many = IntStream.range(0, 50)
                    .mapToObj(i -> service.client(Duration.ofSeconds(30))
                            .send("GET", "/api/0/auth/", "", token(ONE, "job-" + i, 3600)))
                    .toList();
            assertThat(many)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
            assertThat(issuer.asked()).containsExactly(new JwksServer.Asked("/jwks", null, "*/*"));

            issuer.serve(200, Signer.jwks(TWO));
            assertThat(status(service, token(ONE)))
                    .as("known until the next load")
                    .isEqualTo(200);
            assertThat(status(service, token(TWO))).as("an unknown key loads").isEqualTo(200);
            assertThat(status(service, token(ONE))).as("the set is replaced").isEqualTo(401);
            for (int i = 0; i < 100; i++) {
                assertThat(status(service, token(Signer.create("new-" + i, "EdDSA"))))
                        .isEqualTo(401);
            }
            assertThat(issuer.asked()).as("one load a minute for unknown keys").hasSize(2);
            assertThat(service.metric("countersign_issuer_keys_loads_total{issuer=\"cluster\",outcome=\"succeeded\"}"))
                    .isEqualTo("2.0");
        }
    }

    @Test
    void tokensOfKnownKeysGoOnWhileTheIssuerIsDown() throws Exception {
        try (JwksServer issuer = new JwksServer(null, Signer.jwks(ONE));
                PackagedService service = start(url("cluster", issuer))) {
            assertThat(status(service, token(ONE))).isEqualTo(200);
            issuer.serve(500, "");

            assertThat(status(service, token(TWO))).isEqualTo(401);
            assertThat(status(service, token(ONE))).isEqualTo(200);
            assertThat(status(service, token(ONE, "another", 3600))).isEqualTo(200);
            assertThat(issuer.asked()).hasSize(2);
            service.awaitOutput(
                    "The keys of issuer cluster cannot be loaded: the answer has status 500; the earlier keys stay in use");
        }
    }

    @Test
    void withoutKeysTheAnswerIs503UntilTheIssuerIsBack() throws Exception {
        try (JwksServer issuer = new JwksServer(null, "");
                PackagedService service = start(url("cluster", issuer))) {
            issuer.serve(302, "");
            HttpResponse<String> refused = service.send(token(ONE), "GET", "auth/", "");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(refused.headers().firstValue("X-Sentry-Error"))
                    .contains("The keys of issuer cluster cannot be loaded");
            assertThat(issuer.asked())
                    .extracting(JwksServer.Asked::path)
                    .as("no redirect is followed")
                    .containsOnly("/jwks");
            issuer.serve(200, Signer.jwks(ONE));
            assertThat(Poll.until(() -> status(service, token(ONE)), status -> status == 200))
                    .isEqualTo(200);
        }
    }

    @Test
    void silentIssuerHoldsNobodyForLong() {
        unavailable.keepSilent(true);
        assertNextLoadFails();
        unavailable.keepSilent(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"keys\":[]}", "too large"})
    void answerThatIsNoSetIsAFailedLoad(String body) {
        String served = body.equals("too large")
                ? Signer.jwks(ONE).replace("{\"keys\"", "{\"pad\":\"" + "x".repeat(256 * 1024) + "\",\"keys\"")
                : body;
        unavailable.serve(200, served);
        assertNextLoadFails();
    }

    /** Asks until the service has asked the issuer again: it remembers a failed load for a moment. */
    private static void assertNextLoadFails() {
        int before = unavailable.asked().size();
        // The client's patience: five seconds of the load, and some for a busy machine.
        Client client = without.client(Duration.ofSeconds(60));
        int status = Poll.until(
                () -> client.send("GET", "/api/0/auth/", "", token(ONE)).join().statusCode(),
                any -> unavailable.asked().size() > before);

        assertThat(status).isEqualTo(503);
        assertThat(unavailable.asked()).hasSizeGreaterThan(before);
    }

    @Test
    void ownAuthorityIsTrustedInPlaceOfTheUsualOnesAndTheTokenIsReadAtEachLoad() throws Exception {
        Certificates right = Certificates.first(folder.resolve("right"));
        Certificates wrong = Certificates.second(folder.resolve("wrong"));
        Path token = Files.writeString(folder.resolve("token"), "first\n");
        Path authority = folder.resolve("authority.pem");
        Files.copy(wrong.authority(), authority);
        try (JwksServer issuer = new JwksServer(right, Signer.jwks(ONE))) {
            Map<String, String> settings = url("cluster", issuer);
            assertThat(refusedWith(settings)).as("the usual authorities").isEqualTo(503);
            settings.put("COUNTERSIGN_ISSUERS_CLUSTER_JWKS_CA_FILE", authority.toString());
            settings.put("COUNTERSIGN_ISSUERS_CLUSTER_JWKS_TOKEN_FILE", token.toString());
            try (PackagedService service = start(settings)) {
                assertThat(status(service, token(ONE))).as("another authority").isEqualTo(503);
                assertThat(issuer.asked()).isEmpty();
                Files.copy(right.authority(), authority, StandardCopyOption.REPLACE_EXISTING);
                assertThat(Poll.until(() -> status(service, token(ONE)), status -> status == 200))
                        .isEqualTo(200);
                Files.writeString(token, "second");
                assertThat(status(service, token(TWO))).isEqualTo(401);

                assertThat(issuer.asked())
                        .extracting(JwksServer.Asked::authorization)
                        .containsExactly("Bearer first", "Bearer second");
            }
        }
    }

    /** As Kubernetes mounts a ConfigMap: the file is a link to a link, which is replaced. */
    @Test
    void fileIsFollowedThroughLinks() throws Exception {
        Path mount = Files.createDirectories(folder.resolve("mount"));
        Files.writeString(Files.createDirectories(mount.resolve("v1")).resolve("jwks.json"), Signer.jwks(ONE));
        Files.writeString(Files.createDirectories(mount.resolve("v2")).resolve("jwks.json"), Signer.jwks(TWO));
        Path data = Files.createSymbolicLink(mount.resolve("..data"), Path.of("v1"));
        Path file = Files.createSymbolicLink(mount.resolve("jwks.json"), Path.of("..data", "jwks.json"));
        try (PackagedService service = start(settings("cluster", "JWKS_FILE", file.toString()))) {
            assertThat(status(service, token(ONE))).isEqualTo(200);
            assertThat(status(service, token(TWO))).isEqualTo(401);

            Path next = Files.createSymbolicLink(mount.resolve("..next"), Path.of("v2"));
            Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);

            assertThat(Poll.until(() -> status(service, token(TWO)), status -> status == 200))
                    .isEqualTo(200);
            assertThat(status(service, token(ONE))).isEqualTo(401);
            Files.delete(data);
            assertThat(Poll.until(
                            () -> service.output().stream()
                                            .anyMatch(line -> line.contains("does not exist; the earlier"))
                                    || status(service, token(TWO)) != 200,
                            told -> told))
                    .isTrue();
            assertThat(status(service, token(TWO))).as("the earlier keys stay").isEqualTo(200);
        }
    }

    @Test
    void twoClustersShareAnIssuerAndTheKeyTellsWhichOneItIs() throws Exception {
        Signer both = new Signer("both", "RS256", RsaKey.SECOND.pair());
        try (JwksServer east = new JwksServer(null, Signer.jwks(ONE, both));
                JwksServer west = new JwksServer(null, Signer.jwks(TWO, both))) {
            Map<String, String> settings = url("east", east);
            Map<String, String> other = url("west", west);
            other.replace("COUNTERSIGN_ISSUERS_WEST_GRANTS_0__ORGANIZATION", "bank");
            settings.putAll(other);
            try (PackagedService service = start(settings)) {
                assertThat(service.send(token(ONE), "GET", "organizations/", "").body())
                        .contains("\"slug\":\"shop\"")
                        .doesNotContain("\"slug\":\"bank\"");
                assertThat(service.send(token(TWO), "GET", "organizations/", "").body())
                        .contains("\"slug\":\"bank\"")
                        .doesNotContain("\"slug\":\"shop\"");
                assertThat(service.send(token(TWO), "GET", "auth/", "").body()).contains("\"west:job\"");

                assertThat(status(service, token(both)))
                        .as("trusted in neither")
                        .isEqualTo(401);
                service.awaitOutput("trusted in neither");
            }
        }
    }

    @Test
    void badTokensAreLimitedByAddressAndGoodOnesAreServedWhateverTheAddressDid() throws Exception {
        try (JwksServer issuer = new JwksServer(null, Signer.jwks(ONE))) {
            Map<String, String> settings = url("cluster", issuer);
            settings.put("COUNTERSIGN_FAILED_CREDENTIALS_LIMIT", "3");
            settings.put("COUNTERSIGN_FAILED_CREDENTIALS_WINDOW", "1h");
            try (PackagedService service = start(settings)) {
                for (int i = 0; i < 10; i++) {
                    HttpResponse<String> ended = service.send(token(ONE, "job", -100 - i), "GET", "auth/", "");
                    assertThat(ended.statusCode()).as("genuine").isEqualTo(401);
                    assertThat(ended.body()).contains("Token expired");
                    assertThat(status(service, token(ONE, "nobody:x", 3600)))
                            .as("without a grant")
                            .isEqualTo(403);
                }
                Signer forger = new Signer("one", "RS256", RsaKey.SECOND.pair());
                for (int i = 0; i < 3; i++) {
                    assertThat(status(service, token(forger, "job", 3600 + i))).isEqualTo(401);
                }
                assertThat(status(service, token(forger, "job", 3600 + 3))).isEqualTo(429);
                assertThat(status(service, token(ONE))).isEqualTo(200);
            }
        }
    }

    @Test
    void requestsAreLimitedByIssuerAndSubject() throws Exception {
        Midnight.letPass();
        try (JwksServer issuer = new JwksServer(null, Signer.jwks(ONE))) {
            Map<String, String> settings = url("cluster", issuer);
            settings.put("COUNTERSIGN_API_RATE_LIMIT_LIMIT", "3");
            settings.put("COUNTERSIGN_API_RATE_LIMIT_WINDOW", "24h");
            try (PackagedService service = start(settings)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(status(service, token(ONE, "job", 3600 + i))).isEqualTo(200);
                }
                assertThat(status(service, token(ONE, "job", 1000)))
                        .as("issued again")
                        .isEqualTo(429);
                assertThat(status(service, token(ONE, "other", 3600))).isEqualTo(200);
            }
        }
    }

    @Test
    void wrongSettingsEndTheStartWithALineEach() throws Exception {
        Map<String, String> settings = new HashMap<>(PackagedService.environment(POSTGRES.server()));
        settings.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        settings.put("COUNTERSIGN_ISSUERS_CLUSTER_ISSUER", IssuerEnvironment.ISSUER);
        settings.put("COUNTERSIGN_ISSUERS_CLUSTER_AUDENCE", "x");
        try (PackagedService service = PackagedService.start(settings)) {
            assertThat(service.awaitExit()).isEqualTo(1);
            assertThat(service.output())
                    .anyMatch(line -> line.startsWith("COUNTERSIGN_ISSUERS_CLUSTER_AUDENCE is no setting of an issuer"))
                    .anyMatch(line -> line.startsWith(
                            "countersign.issuers.cluster.audience (COUNTERSIGN_ISSUERS_CLUSTER_AUDIENCE)"
                                    + " is not set; it should look like countersign"))
                    .noneMatch(line -> line.contains("\tat "));
        }
    }

    @Test
    void audienceThatEqualsTheIssuerCausesAWarning() throws Exception {
        try (JwksServer issuer = new JwksServer(null, Signer.jwks(ONE))) {
            Map<String, String> settings = url("cluster", issuer);
            settings.put("COUNTERSIGN_ISSUERS_CLUSTER_AUDIENCE", IssuerEnvironment.ISSUER);
            try (PackagedService service = start(settings)) {
                service.awaitOutput("audience equals its issuer");
            }
        }
    }

    private static int refusedWith(Map<String, String> settings) throws Exception {
        try (PackagedService service = start(settings)) {
            return status(service, token(ONE));
        }
    }

    private static PackagedService start(Map<String, String> settings) throws Exception {
        return PackagedService.startMigrated(POSTGRES.server(), settings);
    }
}
