package dev.countersign.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Metrics count requests by route. No label holds a slug, a key or another text of a caller. The lists of odd requests
 * make the class long.
 */
@QuarkusTest
class MetricsTest {

    private static final Path DOCUMENT = Path.of("docs", "openapi", "openapi.yaml");
    private static final int REQUESTS = 4000;

    private static final List<String> METHODS =
            List.of("GET", "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "X?", "get");

    private static final List<String> PATHS = """
            /api/0/?/
            /api/0/organizations/?/
            /api/0/organizations/?
            /api/0/organizations/{?}/
            /api/0/projects/?/?/
            /api/0/projects/a/?/keys/b/
            /api/0/projects/a/?/keys/b;c=d/
            /api/0/teams/a/b/?
            //api/0/?
            /api//0/organizations/?/?/?/?/?/
            /api/0/%6frganizations/?/
            /api/0/organizations/%zz?
            /api/0/organizations/%ff?/
            /api/0/organizations/../?/
            /api/0/wizard/?/
            /api/countersign/v1/?/
            /api/countersign/v1/ingests/?
            /api/countersign/?/ingests/
            /api/0/organizations/?\u00e9/
            /api/0/organizations/?a%7Cb
            /api/0?
            /api/0
            /api/1/?
            /?
            /
            /q/health/group/?
            http://?/api/0/?/
            *
            ?
            """.lines().toList();

    /** The version and the headers after a path, separated by bars. */
    private static final List<String> RESTS = List.of(
            "HTTP/1.1|Host: a|Connection: close",
            "HTTP/1.1|Host: a|Connection: close|Content-Length: 0",
            "HTTP/1.1|Host: a|Connection: close|Host: b",
            "HTTP/1.1|Host: a|Connection: close|Content-Length: 1|Content-Length: 2",
            "HTTP/1.1|Host: a|Connection: close|Content-Length: x",
            "HTTP/1.1|Host: a|Connection: close|Transfer-Encoding: bogus",
            "HTTP/1.1|Host: a|Connection: close|Bad header: x",
            "HTTP/1.1|Host: a|Connection: close|: x",
            "HTTP/1.1|Host: a|Connection: close|Long: " + "x".repeat(70_000),
            "HTTP/1.1|Host: a|Connection: close|Left: while the body is awaited|Content-Length: 9",
            "HTTP/1.1|Host: a|Connection: close|Left: at once",
            "HTTP/1.0",
            "HTTP/1.2|Host: a",
            "HTTP/2.0|Host: a",
            "HTTP/9.9|Host: a",
            "NONSENSE|Host: a",
            "|Host: a");

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

        Set<String> sent = Set.of("GET 200", "PUT 400", "OPTIONS 200", "PATCH 405", "DELETE 401");
        // An answer may arrive before it is counted.
        assertThat(Poll.until(MetricsTest::countedOfKeys, counted -> counted.containsAll(sent)))
                .containsAll(sent);
        assertThat(metrics()).doesNotContain(id).doesNotContain(tenant.organization());
    }

    @Test
    void textOfTheCallerIsNoLabel() throws IOException {
        String mark = UUID.randomUUID().toString();
        for (String method : new String[] {"GET", "POST", "OPTIONS", "PATCH", "HEAD", mark.substring(0, 8)}) {
            for (String path : new String[] {
                "/" + mark,
                "/api/0/" + mark + "/",
                "/api/0/organizations/" + mark + "/",
                "/api/countersign/v1/" + mark + "/",
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

    /** Includes malformed requests, other versions of HTTP, and clients that hang up: no filter sees those. */
    @Test
    void labelsAreKnownRoutesAndMethodsOnly() throws Exception {
        Random random = new Random(42);
        for (int i = 0; i < REQUESTS; i++) {
            String method = METHODS.get(random.nextInt(METHODS.size())).replace("?", Integer.toString(i, 36));
            String path = PATHS.get(random.nextInt(PATHS.size())).replace("?", "odd" + i);
            String rest = RESTS.get(random.nextInt(RESTS.size()));
            sendAndRead((method + " " + path + " " + rest).replace("|", "\r\n") + "\r\n\r\n");
        }

        assertThat(labels("uri")).hasSizeGreaterThan(3).isSubsetOf(routes());
        assertThat(labels("method"))
                .hasSizeGreaterThan(3)
                .isSubsetOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "UNKNOWN");
    }

    @Test
    void poolsAndJvmAreMeasured() {
        Tenant.create();

        assertThat(metrics())
                .contains("sql_pool_active{pool_name=\"sessions\"", "sql_pool_active{pool_name=\"statements\"")
                .contains(
                        "countersign_db_waiting{pool_name=\"sessions\"",
                        "countersign_db_waiting{pool_name=\"statements\"",
                        "countersign_db_waiting_for_lock")
                .contains(
                        "jvm_memory_used_bytes",
                        "jvm_gc_pause_seconds_sum{gc=\"",
                        "jvm_info_total{runtime=\"",
                        "process_cpu_usage");
    }

    /** The values of a label of the counted requests. */
    private static Set<String> labels(String name) {
        return Pattern.compile("(?m)^http_server_requests_seconds_count\\{.*?\\b" + name + "=\"([^\"]*)\"")
                .matcher(metrics())
                .results()
                .map(label -> label.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The routes of the OpenAPI document, and the labels of other paths. */
    private static Set<String> routes() throws IOException {
        Set<String> names =
                new TreeSet<>(List.of("/api/0", "/api/countersign/v1", "NOT_FOUND", "REDIRECTION", "root", "UNKNOWN"));
        new YAMLMapper()
                .readTree(DOCUMENT.toFile())
                .path("paths")
                .fieldNames()
                .forEachRemaining(path -> names.add(path.replaceFirst("/$", "")));
        return names;
    }

    /** Sends a request and reads until the service closes the connection. Some requests close it earlier. */
    private static void sendAndRead(String request) throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            http.send(request);
            if (!request.contains("Left: ")) {
                http.readToEnd();
            }
        } catch (SocketException reset) {
            // refused in the middle of what was sent
        }
    }

    /** The counted requests to client keys, such as {@code GET 200}. */
    private static Set<String> countedOfKeys() {
        return metrics()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count{"))
                .filter(line -> line.contains("uri=\"" + KEY_ROUTE + "\""))
                .map(line -> line.replaceFirst(".*\\bmethod=\"([A-Z]+)\".*\\bstatus=\"([0-9]+)\".*", "$1 $2"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String metrics() {
        return RestAssured.get("/q/metrics").asString();
    }

    /** Sends a path and a method that an HTTP client would repair or refuse. */
    private static void raw(String method, String path) throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            http.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Length: 0\r\n\r\n");
            assertThat(http.readToEnd()).startsWith("HTTP/1.1 ");
        }
    }
}
