package dev.countersign.projectkey.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many callers rotate, change and remove one client key at once. */
@QuarkusTest
class ConcurrentRotationsTest extends WithTenant {

    private static final int CALLERS = 32;

    @Test
    void ofThirtyTwoRotationsOneSucceeds() throws Exception {
        for (int round = 0; round < 5; round++) {
            String old = tenant.newKey("""
                    {"name":"app %d"}""".formatted(round));

            List<Response> answers = atOnce(i -> () -> tenant.rotate(old, "{}"));

            List<Response> made = answers.stream()
                    .filter(answer -> answer.statusCode() == 201)
                    .toList();
            assertThat(made).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() == 409)
                    .hasSize(CALLERS - 1)
                    .extracting(answer -> answer.jsonPath().getString("replacedBy"))
                    .containsOnly(made.get(0).jsonPath().getString("id"));
        }
        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("id")).hasSize(11);
    }

    @Test
    void ofThirtyTwoRepetitionsAllGetTheSameKey() throws Exception {
        String old = tenant.newKey("{}");

        List<Response> answers = atOnce(i ->
                () -> Api.operator().request().header("Idempotency-Key", "once").post(tenant.rotation(old)));

        assertThat(answers).extracting(Response::statusCode).containsOnly(201);
        assertThat(answers)
                .extracting(answer -> answer.jsonPath().getString("id"))
                .containsOnly(Api.operator().get(tenant.key(old)).jsonPath().getString("replacedBy"));
    }

    /** One key of the name is left, or none where the removal came last. */
    @Test
    void rotationsAmongChangesAndRemovalsOfTheNameLeaveOneKeyAtMost() throws Exception {
        for (int round = 0; round < 5; round++) {
            Api.operator().put(tenant.named("app"), "{}");

            List<Response> answers = atOnce(i -> () -> switch (i % 4) {
                case 0 -> rotateByName();
                case 1 -> Api.operator().put(tenant.named("app"), """
                        {"browserSdkVersion":"%d.x"}""".formatted(i / 4 % 2 * 2 + 7));
                case 2 -> Api.operator().put(tenant.named("app"), "{}");
                default -> Api.operator().delete(tenant.named("app"));
            });

            assertThat(answers).extracting(Response::statusCode).isSubsetOf(List.of(200, 201, 204, 404, 409));
            assertThat(Api.operator().get(tenant.named("app")).statusCode()).isIn(200, 404);
            Api.operator().delete(tenant.named("app"));
            assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("name"))
                    .as("a removal takes with it all that the key replaced")
                    .isEqualTo(List.of("Default"));
        }
    }

    @Test
    void removalAndRotationOfOneKeyDoNotBothWin() throws Exception {
        for (int round = 0; round < 10; round++) {
            String old = tenant.newKey("{}");

            List<Response> answers = atOnce(i ->
                    () -> i % 2 == 0 ? tenant.rotate(old, "{}") : Api.operator().delete(tenant.key(old)));

            assertThat(answers).extracting(Response::statusCode).isSubsetOf(List.of(201, 204, 404, 409));
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 204).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSizeLessThanOrEqualTo(1);
            assertThat(Api.operator().get(tenant.key(old)).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void switchingOffAndRotatingAreOneAfterTheOther() throws Exception {
        for (int round = 0; round < 10; round++) {
            String old = tenant.newKey("{}");

            List<Response> answers = atOnce(i ->
                    () -> i == 0 ? tenant.rotate(old, "{}") : Api.operator().put(tenant.key(old), """
                            {"isActive":false}"""));

            assertThat(answers.get(0).statusCode()).isIn(201, 409);
            assertThat(answers.subList(1, CALLERS))
                    .extracting(Response::statusCode)
                    .containsOnly(200);
            assertThat(Api.operator().get(tenant.key(old)).jsonPath().getBoolean("isActive"))
                    .isFalse();
        }
    }

    private Response rotateByName() {
        Response key = Api.operator().get(tenant.named("app"));
        return key.statusCode() == 200 ? tenant.rotate(key.jsonPath().getString("id"), "{}") : key;
    }

    private static List<Response> atOnce(IntFunction<Callable<Response>> call) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Response> answers = new ArrayList<>();
            for (Future<Response> answer : executor.invokeAll(
                    IntStream.range(0, CALLERS).mapToObj(call).toList())) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            executor.shutdownNow();
        }
    }
}
