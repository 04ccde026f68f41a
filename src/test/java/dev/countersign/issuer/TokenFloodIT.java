package dev.countersign.issuer;

import static dev.countersign.issuer.IssuerEnvironment.ISSUER;
import static dev.countersign.issuer.IssuerEnvironment.status;
import static dev.countersign.issuer.IssuerEnvironment.token;
import static dev.countersign.issuer.IssuerEnvironment.url;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.issuer.JwksServer;
import dev.countersign.testsupport.issuer.Signer;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many different tokens, good and bad ones, against a service whose heap would not hold them. */
class TokenFloodIT {

    private static final int MIB = 1024 * 1024;
    private static final int HEAP_MIB = 80;
    private static final int AT_ONCE = 200;

    @RegisterExtension
    static final OwnPostgres POSTGRES = OwnPostgres.migrated();

    @Test
    void memoryIsBoundedAndTheIssuerIsAskedOnceAMinute() throws Exception {
        Signer signer = Signer.create("one", "EdDSA");
        try (JwksServer issuer = new JwksServer(null, Signer.jwks(signer))) {
            Map<String, String> settings = url("cluster", issuer);
            settings.put("JAVA_TOOL_OPTIONS", "-Xmx" + HEAP_MIB + "m -XX:+ExitOnOutOfMemoryError");
            try (PackagedService service = PackagedService.startMigrated(POSTGRES.server(), settings)) {
                service.newProject("shop");
                assertThat(status(service, token(signer))).isEqualTo(200);
                long begin = System.nanoTime();

                String padding = "x".repeat(12_000);
                assertThat(HEAP_MIB * MIB / padding.length())
                        .as("more texts than the heap holds")
                        .isLessThan(7_000);
                assertAll(service, 7_000, 200, i -> signed(signer, i, padding));
                String good = signed(signer, 0, "");
                String signature = good.substring(good.lastIndexOf('.'));
                assertAll(service, 1_000, 401, i -> unsigned("unknown-" + i, i) + signature);
                assertAll(service, 1_000, 401, i -> unsigned("one", i) + signature);

                assertThat(status(service, token(signer))).isEqualTo(200);
                long minutes = Duration.ofNanos(System.nanoTime() - begin).toMinutes();
                // The first load, one a minute for unknown keys, and one in five minutes.
                assertThat(issuer.asked()).hasSizeLessThanOrEqualTo(3 + 2 * (int) minutes);
                assertThat(service.process().isAlive()).isTrue();
            }
        }
    }

    /** Sends many at once. A busy service may answer 503, and then the token comes again, as a client sends it. */
    private static void assertAll(PackagedService service, int number, int status, IntFunction<String> token) {
        Client client = service.client(Duration.ofSeconds(60));
        for (int first = 0; first < number; first += AT_ONCE) {
            List<String> tokens =
                    IntStream.range(first, first + AT_ONCE).mapToObj(token).toList();
            List<CompletableFuture<HttpResponse<String>>> answers =
                    tokens.stream().map(text -> send(client, text)).toList();
            for (int i = 0; i < AT_ONCE; i++) {
                String text = tokens.get(i);
                int answered = answers.get(i).join().statusCode();
                if (answered == 503) {
                    answered = Poll.until(() -> send(client, text).join().statusCode(), again -> again != 503);
                }
                assertThat(answered).isEqualTo(status);
            }
        }
    }

    private static CompletableFuture<HttpResponse<String>> send(Client client, String token) {
        return client.send("GET", "/api/0/auth/", "", token);
    }

    private static String signed(Signer signer, int number, String padding) {
        return signer.sign(claims(number, padding));
    }

    private static String unsigned(String keyId, int number) {
        return Signer.encode("{\"alg\":\"EdDSA\",\"kid\":\"" + keyId + "\"}") + "." + Signer.encode(claims(number, ""));
    }

    private static String claims(int number, String padding) {
        return """
                {"iss":"%s","aud":"countersign","sub":"job-%d","pad":"%s","exp":%d}""".formatted(ISSUER, number, padding, Instant.now().getEpochSecond() + 3600);
    }
}
