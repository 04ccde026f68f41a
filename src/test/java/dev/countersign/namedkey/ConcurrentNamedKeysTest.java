package dev.countersign.namedkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many callers make, change and remove the key of a name at once. */
@QuarkusTest
class ConcurrentNamedKeysTest extends WithTenant {

    private static final int CALLERS = 32;

    @Test
    void thirtyTwoCallersMakeOneKey() throws Exception {
        for (int round = 0; round < 5; round++) {
            String name = "app " + round;

            List<Response> answers = atOnce(CALLERS, i -> () -> put(name, """
                {"browserSdkVersion":"9.x"}"""));

            assertThat(answers).extracting(Response::statusCode).containsOnly(200, 201);
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
            assertThat(answers)
                    .extracting(answer -> answer.jsonPath().getString("id"))
                    .containsOnly(
                            Api.operator().get(tenant.named(name)).jsonPath().getString("id"));
        }
        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("id")).hasSize(6);
    }

    @Test
    void thirtyTwoCallersSwitchOneKeyOn() throws Exception {
        tenant.newKey("""
                {"name":"app","isActive":false}""");
        String newest = tenant.newKey("""
                {"name":"app","isActive":false}""");

        List<Response> answers = atOnce(CALLERS, i -> () -> put("app", """
                {"isActive":true}"""));

        assertThat(answers).extracting(Response::statusCode).containsOnly(200);
        assertThat(answers)
                .extracting(answer -> answer.jsonPath().getString("id"))
                .containsOnly(newest);
        assertThat(Api.operator()
                        .get("organizations/" + tenant.organization() + "/audit-logs/")
                        .jsonPath()
                        .getList("rows.event"))
                .filteredOn("projectkey.edit"::equals)
                .hasSize(1);
    }

    @Test
    void eachNameOfManyGetsItsKey() throws Exception {
        List<Response> answers = atOnce(200, i -> () -> put("app " + i, "{}"));

        assertThat(answers).extracting(Response::statusCode).containsOnly(201);
        assertThat(answers)
                .extracting(answer -> answer.jsonPath().getString("id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void changesOfDifferentMembersAreAllKept() throws Exception {
        put("app", "{}");

        List<Response> answers = atOnce(CALLERS, i -> () -> put("app", i % 2 == 0 ? """
                {"rateLimit":{"window":60,"count":5}}""" : """
                {"browserSdkVersion":"9.x"}"""));

        assertThat(answers).extracting(Response::statusCode).containsOnly(200);
        Response key = Api.operator().get(tenant.named("app"));
        assertThat(key.jsonPath().getInt("rateLimit.count")).isEqualTo(5);
        assertThat(key.jsonPath().getString("browserSdkVersion")).isEqualTo("9.x");
    }

    @Test
    void removalsBetweenLeaveOneKeyAtMost() throws Exception {
        for (int round = 0; round < 5; round++) {
            List<Response> answers = atOnce(
                    CALLERS,
                    i -> () -> i % 4 == 0
                            ? Api.operator().delete(tenant.named("app"))
                            : put("app", i % 4 == 1 ? """
                {"browserSdkVersion":"%d.x"}""".formatted(i / 4 % 2 * 2 + 7) : "{}"));

            assertThat(answers).extracting(Response::statusCode).isSubsetOf(List.of(200, 201, 204, 404));
            long created = answers.stream()
                    .filter(answer -> answer.statusCode() == 201)
                    .count();
            long removed = answers.stream()
                    .filter(answer -> answer.statusCode() == 204)
                    .count();
            int left = Api.operator().get(tenant.named("app")).statusCode() == 200 ? 1 : 0;
            assertThat(created - removed).isEqualTo(left);
            Api.operator().delete(tenant.named("app"));
        }
    }

    @Test
    void projectThatIsRemovedMeanwhileIsNotFound() throws Exception {
        for (int round = 0; round < 5; round++) {
            Tenant passing = Tenant.create();
            String project = "projects/" + passing.organization() + "/" + passing.project() + "/";

            List<Response> answers = atOnce(
                    16,
                    i -> () -> i == 8
                            ? Api.operator().delete(project)
                            : Api.operator().put(passing.named("app " + i), "{}"));

            assertThat(answers).extracting(Response::statusCode).isSubsetOf(List.of(201, 204, 404));
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() == 404)
                    .extracting(Response::asString)
                    .allMatch("""
                {"detail":"Project not found"}"""::equals);
        }
    }

    /** Clients that send a PUT and hang up at once. */
    @Test
    void hangUpsLeaveOneKeyAtMostAndAllConnections() throws Exception {
        atOnce(200, i -> () -> hangUp("app " + i % 20));

        List<Response> answers = atOnce(20, i -> () -> put("app " + i, "{}"));

        assertThat(answers).extracting(Response::statusCode).isSubsetOf(List.of(200, 201));
        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("name"))
                .hasSize(21)
                .doesNotHaveDuplicates();
    }

    private boolean hangUp(String name) throws IOException {
        try (RawHttp connection = new RawHttp(RestAssured.port)) {
            connection.send("PUT " + tenant.named(name) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + Api.OPERATOR_TOKEN + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        }
        return true;
    }

    private Response put(String name, String json) {
        return Api.operator().put(tenant.named(name), json);
    }

    private static <T> List<T> atOnce(int count, IntFunction<Callable<T>> call) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(CALLERS);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> answer :
                    executor.invokeAll(IntStream.range(0, count).mapToObj(call).toList())) {
                results.add(answer.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
