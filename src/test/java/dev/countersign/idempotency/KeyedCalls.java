package dev.countersign.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends requests with an {@code Idempotency-Key}, and checks their answers. */
final class KeyedCalls {

    private static final int CALLERS = 32;

    private KeyedCalls() {}

    /** A new key or name. */
    static String random() {
        return UUID.randomUUID().toString();
    }

    /** A body that names a new object. */
    static String named(String name) {
        return """
                {"name": "%s"}""".formatted(name);
    }

    /** POST of a JSON text under a key, as the operator. */
    static Response post(String path, String key, String json) {
        return post(Api.operator(), path, key, json);
    }

    /** POST of a JSON text under a key. */
    static Response post(Api api, String path, String key, String json) {
        return api.request()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(json.getBytes(StandardCharsets.UTF_8))
                .post(Api.url(path));
    }

    /** The answer to a request that created an object. */
    static Response assertCreated(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        assertThat(answer.header("Idempotency-Replayed")).isNull();
        return answer;
    }

    /** The answer to a request that got the object of an earlier one. */
    static Response assertReplayed(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        assertThat(answer.header("Idempotency-Replayed")).isEqualTo("true");
        return answer;
    }

    /** The answer to a request that was refused. */
    static void assertRefused(Response answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(answer.jsonPath().getString("detail")).isEqualTo(detail);
        assertThat(answer.header("Idempotency-Replayed")).isNull();
    }

    /** The answers to {@value #CALLERS} calls at once. */
    static <T> List<T> inParallel(Callable<T> call) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(CALLERS);
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : executor.invokeAll(Collections.nCopies(CALLERS, call))) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            executor.shutdownNow();
        }
    }
}
