package dev.countersign.development;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.console.ConsoleConfig;
import dev.countersign.testsupport.OwnVertx;
import dev.countersign.testsupport.http.RawHttp;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What development mode adds to the console. */
class DevelopmentConsoleTest {

    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    @RegisterExtension
    final OwnVertx own = new OwnVertx();

    private final Vertx vertx = own.get();
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        Files.writeString(folder.resolve("api-key"), "cs_sample\n");
        server = listen(true);
    }

    @Test
    void browserIsLedToTheConsole() throws IOException {
        RawHttp.Answer answer = get("/", "localhost", "text/html,*/*;q=0.8");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("location")).isEqualTo("console/");
        assertThat(answer.header("vary")).isEqualToIgnoringCase("accept");
    }

    @Test
    void otherClientsGetTheDescriptionOfTheService() throws IOException {
        assertThat(get("/", "localhost", "*/*").body()).isEqualTo("the others");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080"})
    void sampleKeyIsOneRequestAway(String host) throws IOException {
        RawHttp.Answer answer = get("/console/sample.json", host, "*/*");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("""
                {"apiKey":"cs_sample"}""");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.header("access-control-allow-origin")).isEmpty();
    }

    /** The name of another site may lead to this machine. Its pages must not read the key. */
    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8080", "evil.example:80"})
    void sampleKeyIsNotGivenUnderAnotherName(String host) throws IOException {
        assertThat(get("/console/sample.json", host, "*/*").status()).isEqualTo(404);
    }

    @Test
    void missingSampleKeyIsNotFound() throws IOException {
        Files.delete(folder.resolve("api-key"));

        assertThat(get("/console/sample.json", "localhost", "*/*").status()).isEqualTo(404);
    }

    @Test
    void consoleThatIsOffChangesNothing() throws Exception {
        server = listen(false);

        assertThat(get("/", "localhost", "text/html").body()).isEqualTo("the others");
        assertThat(get("/console/sample.json", "localhost", "*/*").body()).isEqualTo("the others");
    }

    private HttpServer listen(boolean enabled) throws Exception {
        Router router = Router.router(vertx);
        new DevelopmentConsole(config(enabled), folder.resolve("api-key")).register(router);
        router.route().handler(context -> context.end("the others"));
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private RawHttp.Answer get(String path, String host, String accept) throws IOException {
        try (RawHttp http = new RawHttp(server.actualPort())) {
            http.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: " + accept + "\r\n\r\n");
            return http.require(true);
        }
    }

    private static ConsoleConfig config(boolean enabled) {
        return new ConsoleConfig() {
            @Override
            public boolean enabled() {
                return enabled;
            }

            @Override
            public Duration idleTimeout() {
                return Duration.ofMinutes(30);
            }
        };
    }
}
