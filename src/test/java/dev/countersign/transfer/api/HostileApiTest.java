package dev.countersign.transfer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.transfer.api.ApiExport.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads APIs that never end, never answer, or lead elsewhere: each is given up with a sentence that names the address. */
class HostileApiTest {

    /** For a server that answers: a busy machine may take long to pass an answer on. */
    private static final ApiLimits PATIENT = limits(Duration.ofMinutes(1));

    /** For a server that never answers. */
    private static final ApiLimits SHORT = limits(Duration.ofMillis(300));

    private static final String LIST = "/api/0/organizations/";

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private ApiLimits limits = PATIENT;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpHandler answer = exchange -> {};
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            answer.handle(exchange);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
        threads.shutdown();
    }

    @Test
    void answerThatNeverComesIsGivenUp() {
        limits = SHORT;
        answer = exchange -> await();

        failed("no whole answer within 0 s");
    }

    @Test
    void bodyThatStallsIsGivenUp() {
        limits = SHORT;
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            await();
        };

        failed("no whole answer within 0 s");
    }

    @Test
    void endlessBodyIsRefusedAtOnce() {
        answer = exchange -> endless(exchange, 200);

        refused(LIST + ": the answer is longer than 100000 bytes");
    }

    /** The body of a refusal is not read. */
    @Test
    void endlessBodyOfARefusalIsNotRead() {
        answer = exchange -> endless(exchange, 403);

        refused(LIST + " answers 403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<>; rel=\"next\"; results=\"true\"",
                "rel=\"next\"; results=\"true\"",
                "<http://[>; rel=\"next\"; results=\"true\"",
                "<mailto:next?cursor=2>; rel=\"next\"; results=\"true\"",
                "<http://localhost/api/0/organizations/>; rel=next"
            })
    void nextPageWithoutAnAddressIsRefused(String link) {
        answer = exchange -> answer(exchange, 200, "Link", link);

        refused(LIST + " names a next page, but not its address");
    }

    /** A list that ends without a word would be keys that are left out without a word. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?cursor=2>; rel=\"next\"; results=\"true\"",
                "<api/0/organizations/?cursor=2>; rel=next",
                "<http://other.invalid/api/0/organizations/?cursor=2>; rel=\"next\"; results=\"true\"",
                "<http://a/?b>; rel=\"previous\", <https://other.invalid/api/0/organizations/?cursor=2>; rel=\"next\""
            })
    void nextPageIsAskedOfTheOriginWhateverTheHost(String link) throws Exception {
        answer = exchange -> answer(exchange, 200, "Link", asked.size() > 1 ? "" : link);

        export();

        assertThat(asked).hasSize(2).last().asString().endsWith("api/0/organizations/?cursor=2");
    }

    @Test
    void pagesThatGoRoundAreRefused() {
        answer = exchange -> {
            boolean first = exchange.getRequestURI().toString().endsWith("?cursor=1");
            answer(exchange, 200, "Link", "<" + LIST + "?cursor=" + (first ? 2 : 1) + ">; rel=\"next\"");
        };

        refused("The pages of " + LIST + " go round: " + LIST + "?cursor=1 comes again");
        assertThat(asked).hasSize(3);
    }

    @Test
    void endlessListIsRefused() {
        answer = exchange -> answer(exchange, 200, "Link", "<" + LIST + "?cursor=" + asked.size() + ">; rel=\"next\"");

        refused(LIST + " has more than 20 pages");
        assertThat(asked).hasSize(20);
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "303", "307", "308"})
    void redirectIsNotFollowed(int status) {
        answer = exchange -> answer(
                exchange,
                asked.size() > 1 ? 200 : status,
                "Location",
                "http://localhost:" + server.getAddress().getPort() + "/elsewhere/");

        refused(LIST + " answers " + status + ": redirects are not followed, so name the address that they lead to");
        assertThat(asked).containsExactly(LIST);
    }

    @Test
    void deepAnswerIsRefused() {
        answer = exchange -> {
            byte[] body = "[".repeat(10_000).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        };

        refused(LIST + " answers no JSON");
    }

    @Test
    void serverThatAlwaysFailsIsGivenUp() {
        answer = exchange -> answer(exchange, 503, "Retry-After", "0");

        failed("the answer is 503");
        assertThat(asked).hasSize(6);
    }

    /** A repetition may help. */
    private void failed(String fault) {
        String address = "http://localhost:" + server.getAddress().getPort() + LIST;
        assertThatThrownBy(exporting()).isInstanceOf(IOException.class).hasMessage(address + ": " + fault);
    }

    /** A repetition does not help. */
    private void refused(String fault) {
        assertThatThrownBy(exporting()).isInstanceOf(ApiRefusedException.class).hasMessageEndingWith(fault);
    }

    private ThrowingCallable exporting() {
        return this::export;
    }

    private void export() throws IOException, ApiRefusedException {
        URI url = URI.create("http://localhost:" + server.getAddress().getPort());
        ApiExport.write(new Source(url, "token", false, List.of()), folder.resolve("work"), step -> {}, limits);
    }

    private static ApiLimits limits(Duration patience) {
        return new ApiLimits(patience, Duration.ofMillis(1), 100_000, 20);
    }

    private static void answer(HttpExchange exchange, int status, String header, String value) throws IOException {
        exchange.getResponseHeaders().add(header, value);
        exchange.sendResponseHeaders(status, 2);
        exchange.getResponseBody().write("[]".getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    private static void endless(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, 0);
        while (true) {
            exchange.getResponseBody().write(new byte[8192]);
        }
    }

    private void await() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
