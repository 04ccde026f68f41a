package dev.countersign.web.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.countersign.sqlstate.DatabaseStateLog;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.log.ExpectedLog;
import dev.countersign.web.error.InternalErrorResponse;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.pgclient.PgException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Failures before a request reaches a resource. */
class RefusalFilterTest {

    private static final String SECRET = "jdbc:postgresql://secret";

    private static final int PATIENCE_SECONDS = 60;
    private static Vertx vertx;
    private static int port;

    @BeforeAll
    static void serve() throws Exception {
        vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        new RefusalFilter(new DatabaseStateLog()).register(router);
        router.route("/api/0/projects/")
                .handler(context ->
                        context.fail(new PgException("the database system is starting up", "FATAL", "57P03", null)));
        router.route().handler(context -> {
            throw new IllegalStateException(SECRET);
        });
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void failureInTheApiIsAnsweredInJson() throws Exception {
        HttpResponse<String> answer;
        List<LogRecord> log;
        try (ExpectedLog expected = new ExpectedLog(InternalErrorResponse.class.getName())) {
            answer = get("/api/0/organizations/");
            log = expected.records();
        }

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        var body = new JsonMapper().readTree(answer.body());
        assertThat(body.path("detail").asText()).isEqualTo("Internal Error");
        assertThat(body.path("errorId").asText()).matches("[0-9a-f]{32}");
        assertThat(answer.body()).doesNotContain(SECRET).doesNotContain("Exception");
        assertThat(log).singleElement().satisfies(record -> {
            assertThat(record.getThrown()).hasMessage(SECRET);
            assertThat(new SimpleFormatter().formatMessage(record))
                    .contains(body.path("errorId").asText());
        });
    }

    @Test
    void databaseFaultIsAnswered503() throws Exception {
        HttpResponse<String> answer = get("/api/0/projects/");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("""
                {"detail":"Service temporarily unavailable"}""");
    }

    @Test
    void failureOnOtherPathsIsLeftToTheServer() throws Exception {
        try (ExpectedLog expected = new ExpectedLog("io.vertx.ext.web.RoutingContext")) {
            assertThat(get("/q/nothing").body()).isEqualTo("Internal Server Error");
            assertThat(expected.records()).singleElement().satisfies(record -> assertThat(record.getThrown())
                    .hasMessage(SECRET));
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return Client.shared(port, null).await("GET", path, "");
    }
}
