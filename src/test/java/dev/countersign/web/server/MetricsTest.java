package dev.countersign.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Metrics count requests by route: no label holds what a caller made up, a key or a slug. */
@QuarkusTest
class MetricsTest {

    private static final String KEY_ROUTE = "/api/0/projects/{organization}/{project}/keys/{key}";

    @Test
    void requestsAreCountedByRouteMethodAndStatus() {
        Tenant tenant = Tenant.create();
        String id = tenant.newKey("{}");
        Api.operator().get(tenant.key(id));
        Api.operator().put(tenant.key(id), "[]");
        Api.operator().send("OPTIONS", tenant.key(id));
        Api.operator().send("PATCH", tenant.key(id));
        Api.anonymous().delete(tenant.key(id));

        assertThat(metrics().lines().filter(line -> line.startsWith("http_server_requests_seconds_count")))
                .anyMatch(line -> counts(line, "GET", 200))
                .anyMatch(line -> counts(line, "PUT", 400))
                .anyMatch(line -> counts(line, "OPTIONS", 200))
                .anyMatch(line -> counts(line, "PATCH", 405))
                .anyMatch(line -> counts(line, "DELETE", 401));
        assertThat(metrics()).doesNotContain(id).doesNotContain(tenant.organization());
    }

    @Test
    void whateverACallerMakesUpIsNoLabel() throws IOException {
        String mark = UUID.randomUUID().toString();
        for (String method : new String[] {"GET", "POST", "OPTIONS", "PATCH", "HEAD", mark.substring(0, 8)}) {
            for (String path : new String[] {
                "/" + mark,
                "/api/0/" + mark + "/",
                "/api/0/organizations/" + mark + "/",
                "/api/0/organizations/%zz" + mark + "/",
                "/api/0/organizations/a/../" + mark + "/?query=" + mark,
                "/q/" + mark,
                "/q/health/group/" + mark,
                "http://" + mark + "/",
                "*" + mark
            }) {
                raw(method, path);
            }
        }

        assertThat(metrics()).doesNotContain(mark).doesNotContain(mark.substring(0, 8));
    }

    @Test
    void thePoolsAndTheJvmAreMeasured() {
        Tenant.create();

        assertThat(metrics())
                .contains("sql_pool_queue_size{pool_name=\"sessions\"", "sql_pool_queue_size{pool_name=\"statements\"")
                .contains("jvm_memory_used_bytes", "process_cpu_usage");
    }

    private static boolean counts(String line, String method, int status) {
        return line.contains("uri=\"" + KEY_ROUTE + "\"")
                && line.contains("method=\"" + method + "\"")
                && line.contains("status=\"" + status + "\"");
    }

    private static String metrics() {
        return RestAssured.get("/q/metrics").asString();
    }

    /** Any client library would mend the path or refuse the method. */
    private static void raw(String method, String path) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + "Content-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes())
                    .asString(StandardCharsets.US_ASCII)
                    .startsWith("HTTP/1.1 ");
        }
    }
}
