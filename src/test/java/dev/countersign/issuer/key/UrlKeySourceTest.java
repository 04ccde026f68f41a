package dev.countersign.issuer.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.issuer.setting.KeySetting;
import dev.countersign.testsupport.OwnVertx;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file with the token for an issuer's keys. */
class UrlKeySourceTest {

    @RegisterExtension
    final OwnVertx own = new OwnVertx();

    private final Vertx vertx = own.get();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"", "first-secret\nsecond-secret", "first-secret second-secret", "first-secret\u007f", "sëcret"})
    void fileWithAnythingButOneTokenIsAFaultThatShowsNoSecret(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), text);
        URI url = URI.create("http://127.0.0.1:1/jwks");

        Future<KeySet> read =
                new UrlKeySource(vertx, url, new KeySetting(url, null, null, file, Duration.ofHours(1))).read();
        Throwable fault = read.toCompletionStage()
                .handle((keys, failure) -> failure)
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);

        assertThat(fault).hasMessage(file + " does not hold one token of visible ASCII characters");
    }
}
