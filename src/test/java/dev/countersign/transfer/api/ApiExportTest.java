package dev.countersign.transfer.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.transfer.api.ApiExport.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads an API, which small servers play. */
class ApiExportTest {

    @TempDir
    Path folder;

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, String> links = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> askedOfOther = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private HttpServer other;

    @BeforeEach
    void start() throws IOException {
        server = server(asked);
        other = server(askedOfOther);
        answers.put("/api/0/organizations/", """
                [{"id":"7","slug":"acme","name":"Acme"}]""");
        answers.put("/api/0/organizations/acme/projects/", """
                [{"id":"9","slug":"web","name":"Web"}]""");
        answers.put("/api/0/projects/acme/web/", "{}");
        answers.put("/api/0/projects/acme/web/keys/", """
                [{"public":"00000000000000000000000000000001","name":"Web","isActive":true,
                  "dateExpires":"2030-01-31T00:00:00Z","replacedBy":"00000000000000000000000000000002"},
                 {"public":"00000000000000000000000000000002","name":"Web","isActive":true}]""");
    }

    @AfterEach
    void stop() {
        server.stop(0);
        other.stop(0);
    }

    /** A key that is to end, such as one that was leaked, must not become good forever. */
    @Test
    void endsOfKeysAndTheirSuccessorsAreKept() throws Exception {
        assertThat(export().replaceAll("\\s", "")).containsOnlyOnce("""
                "countersign":{"dateExpires":"2030-01-31T00:00:00Z","replacedBy":"00000000000000000000000000000002"}""");
    }

    @Test
    void tokenGoesToTheNamedOriginOnly() throws Exception {
        links.put(
                "/api/0/organizations/",
                "<http://inside.invalid//localhost:" + other.getAddress().getPort()
                        + "/api/?cursor=2>; rel=\"next\"; results=\"true\"");

        export();

        assertThat(askedOfOther).isEmpty();
        assertThat(asked).contains("//localhost:" + other.getAddress().getPort() + "/api/?cursor=2");
    }

    /** Each run gives a whole file, also while another one with the folder has written the half of its own. */
    @Test
    void runsWithOneFolderDoNotMixTheirFiles() throws Exception {
        String alone = export();

        List<String> files = IntStream.range(0, 4)
                .mapToObj(run -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return export();
                    } catch (IOException | ApiRefusedException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(files).hasSize(4).containsOnly(alone);
    }

    private String export() throws IOException, ApiRefusedException {
        URI url = URI.create("http://localhost:" + server.getAddress().getPort());
        return Files.readString(
                ApiExport.write(new Source(url, "token", false, List.of()), folder.resolve("work"), step -> {}));
    }

    private HttpServer server(List<String> paths) throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.createContext("/", exchange -> answer(exchange, paths));
        started.start();
        return started;
    }

    private void answer(HttpExchange exchange, List<String> paths) throws IOException {
        String path = exchange.getRequestURI().toString();
        paths.add(path);
        if (links.containsKey(path)) {
            exchange.getResponseHeaders().add("Link", links.get(path));
        }
        byte[] body = answers.getOrDefault(path, "[]").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
