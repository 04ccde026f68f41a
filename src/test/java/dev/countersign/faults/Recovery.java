package dev.countersign.faults;

import dev.countersign.testsupport.http.Client;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Repeats a request until the service answers 200. */
final class Recovery {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int BETWEEN_MILLIS = 10;

    private Recovery() {}

    /** The time until the first 200, or the limit. */
    static Duration await(Client client, String path) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < LIMIT.toNanos()) {
            if (isServed(client, path)) {
                return Duration.ofNanos(System.nanoTime() - start);
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
        }
        return LIMIT;
    }

    private static boolean isServed(Client client, String path) {
        try {
            HttpResponse<String> response = client.send("GET", path, "").join();
            return response.statusCode() == 200;
        } catch (CompletionException e) {
            return false; // not even listening
        }
    }
}
