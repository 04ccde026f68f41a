package dev.countersign.web.shortcut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.http.RawHttp;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests of a Vert.x server are answered at once, and in which order. */
class ShortcutTest {

    private static final int PATIENCE_SECONDS = 30;
    private static final long LATER_MILLIS = 50;

    /** Vert.x closes the connection after the answer. */
    private static final String LAST = "GET /soon HTTP/1.1\r\nConnection: close\r\n\r\n";

    private static final HttpServerOptions OPTIONS = new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false);

    private final AtomicInteger immediate = new AtomicInteger();
    private final AtomicInteger later = new AtomicInteger();
    private Vertx vertx;
    private volatile int port;

    /** Answers paths that begin with {@code /now} at once, {@code /later} after a time, {@code /last} as the last request. */
    private final class Server extends AbstractVerticle {

        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer(OPTIONS)
                    .connectionHandler(connection -> Shortcut.install(connection, (request, bytes) -> {
                        if (!request.uri().startsWith("/now")) {
                            return false;
                        }
                        immediate.incrementAndGet();
                        String answer = "HTTP/1.1 200 OK\r\nby: shortcut\r\npath: " + request.uri()
                                + "\r\ncontent-length: 0\r\n\r\n";
                        ByteBufUtil.writeAscii(bytes, answer);
                        return true;
                    }))
                    .requestHandler(this::answer)
                    .listen(0, "127.0.0.1")
                    .onSuccess(server -> port = server.actualPort())
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        private void answer(HttpServerRequest request) {
            later.incrementAndGet();
            if (request.path().startsWith("/later")) {
                vertx.setTimer(LATER_MILLIS, timer -> end(request));
            } else {
                end(request);
            }
        }

        private static void end(HttpServerRequest request) {
            if (request.path().startsWith("/last")) {
                request.response().putHeader("Connection", "close");
            }
            request.response().putHeader("by", "vertx").putHeader("path", request.uri());
            var unused = request.response().end();
        }
    }

    @BeforeEach
    void listen() throws Exception {
        vertx = Vertx.vertx();
        vertx.deployVerticle(new Server())
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void eachRequestGetsItsAnswer() throws IOException {
        assertThat(answers(get("/now1") + get("/soon2") + get("/now3"), 3))
                .containsExactly("/now1 shortcut", "/soon2 vertx", "/now3 shortcut");
    }

    @Test
    void answersKeepTheOrderOfPipelinedRequests() throws IOException {
        assertThat(answers(get("/later1") + get("/now2") + get("/later3") + get("/soon4") + get("/now5"), 5))
                .containsExactly("/later1 vertx", "/now2 vertx", "/later3 vertx", "/soon4 vertx", "/now5 vertx");
    }

    @Test
    void connectionReturnsToImmediateAnswers() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            assertThat(connection.send(get("/later")).require(true).header("by"))
                    .isEqualTo("vertx");
            assertThat(connection.send(get("/now")).require(true).header("by")).isEqualTo("shortcut");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /now HTTP/1.0\r\n\r\n",
                "GET /now HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /now HTTP/1.1\r\nconnection: keep-alive\r\n\r\n",
                "HEAD /now HTTP/1.1\r\n\r\n",
                "POST /now HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}",
                "POST /now HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            })
    void requestsThatNeedMoreAreLeftToVertx(String request) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            assertThat(connection.send(request).require(false).header("by")).isEqualTo("vertx");
        }
    }

    @Test
    void bodyMayComeLater() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send("POST /later HTTP/1.1\r\nContent-Length: 2\r\n\r\n");
            assertThat(connection.send("{}" + get("/now")).require(true).header("by"))
                    .isEqualTo("vertx");
            assertThat(connection.require(true).header("path")).isEqualTo("/now");
        }
    }

    @Test
    void requestMayComeInPieces() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            for (char letter : get("/now").toCharArray()) {
                connection.send(String.valueOf(letter));
            }
            assertThat(connection.require(true).header("by")).isEqualTo("shortcut");
        }
    }

    @Test
    void nothingIsAnsweredAfterTheLastAnswer() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            String all = connection.send(get("/last") + get("/now")).finish().readToEnd();

            assertThat(all).contains("path: /last").doesNotContain("shortcut");
            assertThat(immediate).hasValue(0);
        }
    }

    /** Vert.x closes the connection after its answer to HTTP/1.0, which has no header to say so. */
    @Test
    void nothingIsAnsweredAfterAnotherVersion() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send("GET /soon HTTP/1.0\r\n\r\n" + get("/now"));

            assertThat(connection.finish().readToEnd()).contains("path: /soon").doesNotContain("shortcut");
            assertThat(immediate).hasValue(0);
        }
    }

    @Test
    void invalidRequestIsRefusedByVertx() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            assertThat(connection.send(get("/now1")).require(true).status()).isEqualTo(200);
            assertThat(connection
                            .send("GET /now2 HTTP/1.1\r\nno colon\r\n\r\n")
                            .require(true)
                            .status())
                    .isEqualTo(400);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    /** More than fit into the buffers of the server at once. */
    @Test
    void manyPipelinedRequestsAreAnswered() throws IOException {
        int requests = 1000;
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(get("/now").repeat(requests));
            for (int i = 0; i < requests; i++) {
                assertThat(connection.require(true).header("by")).isEqualTo("shortcut");
            }
        }
    }

    /** Otherwise the bytes of unread answers would fill the memory. All answers come once the client reads. */
    @ParameterizedTest
    @ValueSource(strings = {"/now", "/soon"})
    void clientThatReadsNothingIsNotReadEither(String path) throws IOException {
        int requests = 20_000;
        try (RawHttp connection = new RawHttp(port)) {
            String request = get(path + "x".repeat(2000));
            Thread sender = new Thread(() -> send(connection, request, requests, LAST));
            sender.start();

            assertThat(settled()).isBetween(1, requests - 1);
            assertThat(connection.readToEnd().split("HTTP/1.1 200 OK", -1)).hasSize(1 + requests + 1);
        }
    }

    /** The number of answers when there are no more for a while. */
    private int settled() {
        int before = -1;
        int now = answered();
        while (now == 0 || now != before) {
            before = now;
            sleep();
            now = answered();
        }
        return now;
    }

    private int answered() {
        return immediate.get() + later.get();
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(300);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(RawHttp connection, String request, int times, String last) {
        try {
            for (int i = 0; i < times; i++) {
                connection.send(request);
            }
            connection.send(last);
        } catch (IOException expected) {
            // The server closes the connection, or the test is over.
        }
    }

    private List<String> answers(String requests, int count) throws IOException {
        List<String> answers = new ArrayList<>();
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(requests);
            for (int i = 0; i < count; i++) {
                RawHttp.Answer answer = connection.require(true);
                answers.add(answer.header("path") + " " + answer.header("by"));
            }
        }
        return answers;
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: gate\r\n\r\n";
    }
}
