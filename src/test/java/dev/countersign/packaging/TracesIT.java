package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.postgres.EmbeddedServers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces name routes and statements, and no slug, key or token. */
class TracesIT {

    /** The length of the prefix of a gRPC message. The prefix of an empty message is all zeros. */
    private static final int GRPC_PREFIX = 5;

    private static final int CREATES = 40;

    /** The bytes that the collector received. Protocol buffers hold their texts as plain UTF-8. */
    private final StringBuffer received = new StringBuffer();

    /** Quarkus uses gRPC by default. Requests that come at once have a statement each. */
    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void tracesHoldRoutesAndTheStatementOfEachRequestButNoSlugKeyOrToken(String protocol) throws Exception {
        Vertx vertx = Vertx.vertx();
        int collector = vertx.createHttpServer()
                .requestHandler(this::collect)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)
                .actualPort();
        try (EmbeddedPostgres postgres = EmbeddedServers.start();
                PackagedService service = PackagedService.start(environment(postgres, collector, protocol))
                        .awaitReady()) {
            service.send("POST", "organizations/", """
                    {"name":"Zanzibar"}""");
            service.send("GET", "organizations/zanzibar/?query=slug:zanzibar", "");
            service.send("OPTIONS", "organizations/zanzibar/", "");

            String keys = Api.url(service.newProject("zanzibar-keys"));
            Client client = service.client(Duration.ofSeconds(30));
            Stream.generate(() -> client.send("POST", keys, "{}"))
                    .limit(CREATES)
                    .toList()
                    .forEach(CompletableFuture::join);

            await("/api/0/organizations/{organization}", 1);
            await("insert into project_key", CREATES);
            assertThat(received.toString())
                    .contains("http.route")
                    .doesNotContainIgnoringCase("zanzibar")
                    .doesNotContain(Api.OPERATOR_TOKEN);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    /** Accepts spans, in either protocol: gRPC is a POST over HTTP/2 whose status follows in a trailer. */
    private void collect(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            received.append(body.toString(StandardCharsets.ISO_8859_1));
            var response = request.response();
            if (request.version() == HttpVersion.HTTP_2) {
                response.putHeader("Content-Type", "application/grpc").putTrailer("grpc-status", "0");
                response.end(Buffer.buffer(new byte[GRPC_PREFIX]));
            } else {
                response.end();
            }
        });
    }

    private static Map<String, String> environment(EmbeddedPostgres postgres, int collector, String protocol) {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres));
        environment.put("COUNTERSIGN_MIGRATE", "at-start");
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        environment.put("QUARKUS_OTEL_SDK_DISABLED", "false");
        environment.put("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:" + collector);
        environment.put("QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
        environment.put("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "200ms");
        return environment;
    }

    private void await(String text, int times) {
        int sent = Poll.until(
                () -> received.toString().split(Pattern.quote(text), -1).length - 1, count -> count >= times);
        assertThat(sent).as(text).isGreaterThanOrEqualTo(times);
    }
}
