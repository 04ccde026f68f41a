package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.Link;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service with 192 MB of heap, and a tenant with 100 projects of 1 MiB of settings, as were stored before settings
 * had a limit.
 */
class MemoryIT {

    private static final int CALLERS = 10;
    private static final int ROUNDS = 3;
    private static final int ATTEMPTS = 10;
    private static final int WAITING = 300;
    private static final int MAX_BODY = 1 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    /** Each INSERT and each UPDATE leaves an audit entry, those of the updates with 1 MiB before and 1 MiB after. */
    private static final String FILL = """
            insert into project (organization_id, slug, name, settings, date_added, changed_by)
            select id, 'large-' || i, 'Large', '{"options":{"x":"' || repeat('x', 1048576) || '"}}', now(), 'operator'
            from organization, generate_series(1, 100) i where slug = 'large';
            insert into project_team (project_id, team_id)
            select project.id, team.id from project join team using (organization_id) on conflict do nothing;
            update project set settings = replace(settings, 'xx', 'yy') where slug like 'large-%';
            update organization set settings = '{"x":"' || repeat('x', 1048576) || '"}' where slug like 'wide-%'""";

    @RegisterExtension
    static final OwnService SERVICE =
            new OwnService(Map.of("JAVA_TOOL_OPTIONS", "-Xmx192m -XX:+ExitOnOutOfMemoryError"));

    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        client = SERVICE.get().client(Duration.ofMinutes(5));
        SERVICE.get().newProject("large");
        for (int i = 0; i < 100; i++) {
            SERVICE.get().send("POST", "organizations/", """
                    {"name":"Wide","slug":"wide-%s"}""".formatted(i));
        }
        SERVICE.postgres().execute(FILL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "organizations/large/projects/",
                "projects/",
                "organizations/",
                "organizations/large/",
                "teams/large/core/?expand=projects",
                "organizations/large/audit-logs/",
                "organizations/large/audit-logs/?event=project.edit",
                "projects/large/large-1/"
            })
    void tenCallersAtOnceAreServed(String path) {
        for (int round = 0; round < ROUNDS; round++) {
            List<Integer> statuses = Stream.generate(() -> read(path, ATTEMPTS)).limit(CALLERS).toList().stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(statuses).containsOnly(200);
        }
        assertThat(SERVICE.get().process().isAlive()).isTrue();
    }

    /** The status of an answer. Who waits too long for a connection on a busy machine is told so, and asks again. */
    private static CompletableFuture<Integer> read(String path, int attempts) {
        return client.send("GET", Api.url(path), "")
                .thenCompose(answer -> answer.statusCode() == 503 && attempts > 1
                        ? read(path, attempts - 1)
                        : CompletableFuture.completedFuture(answer.statusCode()));
    }

    /** More changes than connections. A waiting change is kept as its text, without a tree. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"options", "highlightContext", "allowedDomains"})
    void waitingChangesAreServed(String setting) {
        String values = "{\"\":{}},".repeat(1200) + "{}";
        String members = IntStream.range(0, 6)
                .mapToObj(i -> "\"m" + i + "\":[" + values + "]")
                .collect(Collectors.joining(",", "{", "}"));
        String value = setting.equals("allowedDomains") ? "[" + "\"a\",".repeat(40_000) + "\"a\"]" : members;
        List<Integer> statuses = Stream.generate(
                        () -> client.send("PUT", Api.url("projects/large/pump/"), """
                                {"%s":%s}""".formatted(setting, value)))
                .limit(WAITING)
                .toList()
                .stream()
                .map(answer -> answer.thenApply(HttpResponse::statusCode).join())
                .toList();

        assertThat(statuses).as(() -> String.join("\n", SERVICE.get().output())).isSubsetOf(200, 400, 503);
        assertThat(SERVICE.get().process().isAlive()).isTrue();
    }

    /** Bodies within the limit that take much more memory as trees, lists or messages. */
    @ParameterizedTest(name = "{0} {1} {2}...")
    @CsvSource(delimiter = ' ', textBlock = """
                    POST organizations/large/api-keys/ {"label":"x","scope_list":[ 1 ]}
                    POST organizations/large/api-keys/ {"label":"x","scope_list":[ "a" ]}
                    PUT projects/large/large-1/ {"allowedDomains":[ 1 ]}
                    PUT projects/large/large-1/ {"options":{"a":[ {"":{}} ]}}
                    POST projects/large/large-1/keys/ {"unknown":[ [] ]}
                    """)
    void bodiesOfManyValuesAreRefused(String method, String path, String begin, String unit, String end) {
        String units = (unit + ",").repeat((MAX_BODY - begin.length() - end.length()) / (unit.length() + 1) - 1);
        String body = begin + units + unit + end;
        List<Integer> statuses =
                Stream.generate(() -> client.send(method, Api.url(path), body)).limit(2 * CALLERS).toList().stream()
                        .map(answer ->
                                answer.thenApply(HttpResponse::statusCode).join())
                        .toList();

        assertThat(statuses).contains(400).isSubsetOf(400, 503);
        assertThat(SERVICE.get().process().isAlive()).isTrue();
    }

    /** Pages of long entries are shorter. The links still lead to every entry once. */
    @Test
    void auditLogIsReadToItsEnd() throws Exception {
        String path = "organizations/large/audit-logs/?event=project.edit";
        Set<String> ids = new LinkedHashSet<>();
        Link link = new Link("");
        int pages = 0;
        do {
            String cursor = pages == 0 ? "" : "&cursor=" + link.cursor("next");
            HttpResponse<String> page = SERVICE.get().send("GET", path + cursor, "");
            assertThat(page.statusCode()).isEqualTo(200);
            List<String> rows = ids(page);
            assertThat(rows).isNotEmpty().allMatch(ids::add);
            link = new Link(page.headers().firstValue("Link").orElseThrow());
            pages++;
        } while (link.leadsTo("next"));

        assertThat(ids).hasSize(100);
        assertThat(pages).isGreaterThan(50);

        List<String> before = ids(SERVICE.get().send("GET", path + "&cursor=" + link.cursor("previous"), ""));
        assertThat(before).isNotEmpty();
        assertThat(ids).containsAll(before);
    }

    private static List<String> ids(HttpResponse<String> page) throws IOException {
        JsonNode rows = JSON.readTree(page.body()).path("rows");
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.path("id").asText())
                .toList();
    }
}
