package dev.countersign.faults.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** The longest waits that the service promises while a row or a table is locked. */
final class Promised {

    /** The longest wait of a client that needs the lock: acquire timeout and response timeout, with half a second for a busy machine. */
    static final Duration WAIT = Duration.ofMillis(5_500);

    /** The longest wait of a client that needs no such lock. */
    static final Duration WAIT_OF_OTHERS = Duration.ofSeconds(2);

    private static final int PAUSE_MILLIS = 50;

    private Promised() {}

    /** Runs a round of requests again and again; each receives its number, from 1. */
    static void roundsFor(Duration time, IntConsumer round) throws InterruptedException {
        long start = System.nanoTime();
        for (int count = 1; System.nanoTime() - start < time.toNanos(); count++) {
            round.accept(count);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    static void assertStatus(CompletableFuture<HttpResponse<String>> answer, int status) {
        assertThat(answer.join().statusCode())
                .as("%s %s", answer.join().request().method(), answer.join().uri())
                .isEqualTo(status);
    }
}
