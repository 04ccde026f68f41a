package dev.countersign.issuer.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.issuer.setting.KeySetting;
import dev.countersign.testsupport.OwnVertx;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an issuer, or somebody in its place, may answer to a request for its keys. Each answer is a failed load and no more. */
class HostileIssuerTest {

    private static final int PATIENCE_SECONDS = 30;
    private static final int MIB = 1024 * 1024;

    @RegisterExtension
    final OwnVertx own = new OwnVertx();

    private final Vertx vertx = own.get();

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectIsNotFollowed(int status) {
        AtomicInteger asked = new AtomicInteger();
        int other = listen(socket -> asked.incrementAndGet());

        assertThat(failure(socket -> socket.write("HTTP/1.1 " + status + " x\r\nLocation: http://127.0.0.1:" + other
                        + "/\r\nContent-Length: 0\r\n\r\n")))
                .hasMessage("the answer has status " + status);
        assertThat(asked).hasValue(0);
    }

    @Test
    void setOfTenMegabytesIsRefusedBeforeItsEnd() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);

        assertThat(failure(socket -> {
                    socket.closeHandler(any -> closed.countDown());
                    socket.write("HTTP/1.1 200 OK\r\nContent-Length: " + 10 * MIB + "\r\n\r\n{\"keys\":[");
                    socket.write(Buffer.buffer(" ".repeat(MIB))); // the other nine never come
                }))
                .hasMessage("the answer has more than 262144 bytes");
        assertThat(closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("the connection is closed")
                .isTrue();
    }

    @Test
    void answerWithoutEndIsRefused() {
        assertThat(failure(socket -> {
                    socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    vertx.setPeriodic(1, timer -> socket.write("1000\r\n" + "x".repeat(0x1000) + "\r\n"));
                }))
                .hasMessage("the answer has more than 262144 bytes");
    }

    @Test
    void tenThousandKeysAreTooMany() {
        assertThat(failure(socket -> answer(socket, "", Buffer.buffer("{\"keys\":[" + "{},".repeat(9_999) + "{}]}"))))
                .hasMessage("the set has more than 100 keys");
    }

    /** Ten kilobytes that become ten megabytes in the hands of whoever unpacks them. */
    @Test
    void packedAnswerIsNotUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[10 * MIB]);
        }

        assertThat(failure(socket -> answer(socket, "Content-Encoding: gzip\r\n", Buffer.buffer(packed.toByteArray()))))
                .hasMessage("the answer is no JSON Web Key Set");
    }

    @Test
    void deepJsonIsNoSet() {
        assertThat(failure(socket -> answer(socket, "", Buffer.buffer("{\"keys\":" + "[".repeat(200_000)))))
                .hasMessage("the answer is no JSON Web Key Set");
    }

    /** A byte now and then keeps the connection busy, but not the load running. */
    @Test
    void answerThatTricklesInEndsInTime() {
        assertThat(failure(socket -> {
                    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                    vertx.setPeriodic(100, timer -> socket.write(" "));
                }))
                .hasMessage("no answer within 5000 ms");
    }

    @Test
    void headersWithoutEndAreRefused() {
        assertThat(failure(socket -> socket.write("HTTP/1.1 200 OK\r\n" + "X-Pad: x\r\n".repeat(100_000))))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"keys\":[]}",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n"
            })
    void brokenAnswerIsAFailedLoad(String answer) {
        assertThat(failure(socket -> socket.end(Buffer.buffer(answer)))).isNotNull();
    }

    /** Why the keys of an issuer cannot be loaded that treats each connection so. */
    private Throwable failure(Handler<NetSocket> behaviour) {
        URI url = URI.create("http://127.0.0.1:" + listen(behaviour) + "/jwks");
        Throwable failure = catchThrowable(
                () -> new UrlKeySource(vertx, url, new KeySetting(url, null, null, null, Duration.ofHours(1)))
                        .read()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        return Objects.requireNonNull(failure.getCause());
    }

    /** Behaves so once the request is here. */
    private int listen(Handler<NetSocket> behaviour) {
        NetServer server = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(request -> {
                    socket.handler(more -> {});
                    behaviour.handle(socket);
                }));
        return server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private static void answer(NetSocket socket, String headers, Buffer body) {
        socket.write(Buffer.buffer(("HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII))
                .appendBuffer(body));
    }
}
