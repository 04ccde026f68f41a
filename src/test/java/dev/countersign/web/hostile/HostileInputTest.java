package dev.countersign.web.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.countersign.testsupport.Leaks;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Generated requests to every route: each is answered in JSON below 500, and no answer shows internals. {@code
 * -Dhostile.requests=100000} is the long form, {@code -Dhostile.seed=...} repeats a run.
 */
@QuarkusTest
class HostileInputTest {

    private static final int FEW = 2000;
    private static final int REQUESTS = Integer.getInteger("hostile.requests", FEW);
    private static final int REQUESTS_PER_TENANT = 200;

    @Test
    void generatedRequestsAreAnsweredHarmlessly() throws IOException {
        // Always the same ones where a change is tested, others each time in the long form.
        long seed = Long.getLong("hostile.seed", REQUESTS > FEW ? new Random().nextLong() : FEW);
        HostileRequests requests = new HostileRequests(seed, Tenant.create());
        List<String> faults = new ArrayList<>();
        try (Connection connection = new Connection()) {
            for (int i = 0; i < REQUESTS; i++) {
                if (i % REQUESTS_PER_TENANT == 0) {
                    requests.aimAt(Tenant.create());
                }
                collect(faults, requests.next(), connection::check);
            }
        }
        assertThat(faults).as("-Dhostile.seed=%d", seed).isEmpty();
    }

    private static <T> void collect(List<String> faults, T request, ThrowingConsumer<T> check) {
        try {
            check.accept(request);
        } catch (Throwable e) {
            faults.add(request + "\n=> " + e);
        }
    }

    /** A connection that is opened again when the service has closed it. */
    private static final class Connection implements AutoCloseable {
        private static final JsonMapper JSON = new JsonMapper();

        private RawHttp http = new RawHttp(RestAssured.port);

        Connection() throws IOException {}

        void check(HostileRequests.Request request) throws IOException {
            try {
                RawHttp.Answer answer =
                        http.send(request.text()).require(!request.method().equals("HEAD"));
                assertHarmless(request, answer);
                if (answer.header("connection").equals("close") || request.isOld()) {
                    reopen();
                }
            } catch (IOException | AssertionError e) {
                reopen();
                throw e;
            }
        }

        private void reopen() throws IOException {
            http.close();
            http = new RawHttp(RestAssured.port);
        }

        private static void assertHarmless(HostileRequests.Request request, RawHttp.Answer answer) throws IOException {
            assertThat(answer.status()).as(answer.body()).isBetween(200, 499);
            Leaks.assertNone("", answer.body());
            Leaks.assertNone("", answer.headers().toString());
            assertThat(answer.headers()).doesNotContainKeys("set-cookie", "x");
            boolean empty = answer.status() == 204
                    || request.method().equals("HEAD")
                    || answer.body().isEmpty();
            if (!empty) {
                assertThat(answer.header("content-type")).isEqualTo("application/json");
                JSON.readTree(answer.body());
            } else if (!request.method().equals("HEAD")) {
                assertThat(answer.status() == 204 || request.method().equals("OPTIONS"))
                        .as(answer.status() + " without a body")
                        .isTrue();
            }
        }

        @Override
        public void close() throws IOException {
            http.close();
        }
    }
}
