package dev.countersign.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several runs at once have the result of one. */
@QuarkusTest
class ConcurrentApplyTest extends WithDocuments {

    private static final int RUNS = 8;

    private final String document = """
            teams: [{slug: core}]
            projects:
              - {slug: api, teams: [core], keys: [{name: a, public: %s}, {name: b}]}
              - {slug: web}
            apiKeys: [{label: ci, key: "env:KEY", scope_list: ["org:read"]}]
            """.formatted(UUID.randomUUID().toString().replace("-", ""));

    @Test
    void runsAtOnceMakeEachThingOnce() throws Exception {
        List<Outcome> outcomes = atOnce(document);

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.faults()).isEmpty());
        assertThat(outcomes.stream().flatMap(outcome -> outcome.steps().stream()))
                .hasSize(9)
                .doesNotHaveDuplicates();
        operator.get("organizations/" + organization + "/projects/").then().body("slug", contains("api", "web"));
        operator.get("projects/" + organization + "/api/keys/").then().body("name", containsInAnyOrder("a", "b"));
    }

    @Test
    void runsAtOnceChangeEachThingOnce() throws Exception {
        apply(document);

        List<Outcome> outcomes = atOnce(document.replace("slug: web", "slug: shop, formerly: [web]"));

        assertThat(outcomes.stream().flatMap(outcome -> outcome.steps().stream()))
                .containsExactly("~ project ORG/shop slug");
    }

    @Test
    void runsAtOnceRemoveEachThingOnce() throws Exception {
        apply(document);

        List<Outcome> outcomes = atOnce(() -> prune("""
                teams: [{slug: core}]
                projects: [{slug: api, teams: [core], keys: [{name: b}]}]
                apiKeys: []
                """));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.faults()).isEmpty());
        assertThat(outcomes.stream().flatMap(outcome -> outcome.steps().stream()))
                .containsExactlyInAnyOrder("- key ORG/api/a", "- project ORG/web", "- API key ORG/ci");
    }

    private List<Outcome> atOnce(String members) throws Exception {
        return atOnce(() -> apply(members));
    }

    private List<Outcome> atOnce(Callable<Outcome> one) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(RUNS);
        try {
            List<Future<Outcome>> runs =
                    Stream.generate(() -> threads.submit(one)).limit(RUNS).toList();
            return IntStream.range(0, RUNS).mapToObj(i -> await(runs.get(i))).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Outcome await(Future<Outcome> run) {
        try {
            return run.get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
