package dev.countersign.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.issuer.setting.IssuerSetting;
import dev.countersign.issuer.setting.KeySetting;
import dev.countersign.testsupport.OwnVertx;
import dev.countersign.testsupport.issuer.Signer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two issuers with the same text in {@code iss}, of which one does not answer. */
class SharedIssuerTest {

    private static final String TEXT = "https://kubernetes.default.svc.cluster.local";
    private static final Duration MAX_STALE = Duration.ofHours(24);

    @RegisterExtension
    final OwnVertx own = new OwnVertx();

    private final Vertx vertx = own.get();

    @TempDir
    private Path folder;

    @Test
    void tokenWithAKnownKeyDoesNotWaitForTheIssuerThatIsDown() throws Exception {
        Path file = Files.writeString(folder.resolve("jwks.json"), Signer.jwks(Signer.create("one", "EdDSA")));
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/jwks");
            Issuers issuers = new Issuers(
                    vertx,
                    List.of(
                            setting("up", new KeySetting(null, file, null, null, MAX_STALE)),
                            setting("down", new KeySetting(url, null, null, null, MAX_STALE))),
                    new SimpleMeterRegistry());
            List<Issuer> named = issuers.named(TEXT);

            Future<Void> fileLoad = Objects.requireNonNull(named.get(0).keys().prepare());
            fileLoad.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);

            assertThat(issuers.prepare(named, "one")).isNull();
            assertThat(issuers.prepare(named, "two"))
                    .as("may be a key of the issuer that is down")
                    .isNotNull();
        }
    }

    private static IssuerSetting setting(String name, KeySetting keys) {
        return new IssuerSetting(name, TEXT, "countersign", keys, List.of());
    }
}
