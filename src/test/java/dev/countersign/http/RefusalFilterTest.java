package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What fails before a resource is reached. */
class RefusalFilterTest {

    private static final String SECRET = "jdbc:postgresql://secret";

    private static final Vertx VERTX = Vertx.vertx();
    private static int port;

    @BeforeAll
    static void serve() throws Exception {
        Router router = Router.router(VERTX);
        new RefusalFilter().register(router);
        router.route().handler(context -> {
            throw new IllegalStateException(SECRET);
        });
        port = VERTX.createHttpServer()
                .requestHandler(router)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterAll
    static void stop() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aFaultOfTheApiIsToldInJson() throws Exception {
        HttpResponse<String> answer = get("/api/0/organizations/");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        var body = new JsonMapper().readTree(answer.body());
        assertThat(body.path("detail").asText()).isEqualTo("Internal Error");
        assertThat(body.path("errorId").asText()).matches("[0-9a-f]{32}");
        assertThat(answer.body()).doesNotContain(SECRET).doesNotContain("Exception");
    }

    @Test
    void otherPathsAreLeftToTheServer() throws Exception {
        assertThat(get("/q/nothing").body()).isEqualTo("Internal Server Error");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
