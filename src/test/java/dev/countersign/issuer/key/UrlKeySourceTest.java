package dev.countersign.issuer.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.issuer.setting.KeySetting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file with the token for an issuer's keys. */
class UrlKeySourceTest {

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

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
                .get(10, TimeUnit.SECONDS);

        assertThat(fault).hasMessage(file + " does not hold one token of visible ASCII characters");
    }
}
