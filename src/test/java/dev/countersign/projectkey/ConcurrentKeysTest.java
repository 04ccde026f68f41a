package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.Link;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many callers create, update and remove client keys at once. */
@QuarkusTest
class ConcurrentKeysTest extends WithTenant {

    private static final int THREADS = 32;
    private static final int PATIENCE_SECONDS = 60;

    @Test
    void parallelCreatesMakeDistinctKeys() throws Exception {
        List<String> created = inParallel(200, () -> tenant.newKey("""
                {"name":"parallel"}"""));

        assertThat(created).doesNotHaveDuplicates().hasSize(200);
        assertThat(walk(100)).containsAll(created).hasSize(201);
        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("id"))
                .as("a page, unless another size is asked for")
                .hasSize(100);
    }

    @Test
    void onlyOneParallelCreateGetsAChosenKey() throws Exception {
        String own = UUID.randomUUID().toString().replace("-", "");

        List<Integer> statuses = inParallel(
                32, () -> Api.operator().post(tenant.keys(), """
                        {"public":"%s"}""".formatted(own)).statusCode());

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(31);
    }

    @Test
    void updateOfAKeyRemovedMeanwhileIsNotFound() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            String path = tenant.key(tenant.newKey("{}"));
            Callable<Response> update = () -> Api.operator().put(path, """
                    {"name":"%s"}""".formatted(UUID.randomUUID()));
            statuses.addAll(inTurns(update, () -> Api.operator().delete(path)));
        }

        assertThat(statuses).isSubsetOf(200, 204, 404);
        assertThat(statuses).filteredOn(status -> status == 204).hasSize(10);
    }

    @Test
    void createInAProjectRemovedMeanwhileIsNotFound() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            Tenant passing = Tenant.create();
            passing.newKey("{}"); // so that creating need not look the project up, and has a chance to come first
            String project = "projects/" + passing.organization() + "/" + passing.project() + "/";
            Callable<Response> create = () -> Api.operator().post(passing.keys(), "{}");
            statuses.addAll(inTurns(create, () -> Api.operator().delete(project)));
        }

        assertThat(statuses).isSubsetOf(201, 204, 404);
        assertThat(statuses).filteredOn(status -> status == 204).hasSize(5);
    }

    @Test
    void parallelProjectsOfOneNameGetDistinctSlugs() throws Exception {
        List<String> slugs = inParallel(8, () -> Api.operator()
                .post(tenant.path("teams/{o}/core/projects/"), """
                        {"name":"Same Name"}""")
                .jsonPath()
                .getString("slug"));

        assertThat(slugs).doesNotHaveDuplicates().allMatch(slug -> slug.startsWith("same-name"));
    }

    @Test
    void pagesShowEachKeyOnceWhileOthersComeAndGo() throws Exception {
        List<String> kept = inParallel(1000, () -> tenant.newKey("""
                {"name":"kept"}"""));
        AtomicBoolean walking = new AtomicBoolean(true);
        CountDownLatch begun = new CountDownLatch(1);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> churn = executor.submit(() -> {
                int rounds = 0;
                for (; walking.get() && rounds < 10_000; rounds++) {
                    String id = tenant.newKey("""
                            {"name":"passing"}""");
                    Api.operator().delete(tenant.key(id));
                    begun.countDown();
                }
                return rounds;
            });

            assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            List<String> seen = walk(7);
            walking.set(false);

            assertThat(churn.get()).isPositive();
            assertThat(seen).doesNotHaveDuplicates().containsAll(kept);
        } finally {
            executor.shutdownNow();
        }
    }

    /** The ids of all keys, page by page. */
    private List<String> walk(int perPage) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 1000; page++) {
            var response = Api.operator().get(tenant.keys() + "?per_page=" + perPage + "&cursor=" + cursor);
            ids.addAll(response.jsonPath().getList("id"));
            Link link = new Link(response.header("Link"));
            if (!link.leadsTo("next")) {
                return ids;
            }
            cursor = link.cursor("next");
        }
        throw new AssertionError("the list does not end");
    }

    /** The statuses of sixteen parallel calls, alternating between two. */
    private static List<Integer> inTurns(Callable<Response> one, Callable<Response> other) throws Exception {
        AtomicInteger turn = new AtomicInteger();
        return inParallel(
                16, () -> (turn.getAndIncrement() % 2 == 0 ? one : other).call().statusCode());
    }

    private static <T> List<T> inParallel(int count, Callable<T> call) throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<T> results = new ArrayList<>();
            List<Callable<T>> calls =
                    IntStream.range(0, count).mapToObj(i -> call).toList();
            for (Future<T> future : executor.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
