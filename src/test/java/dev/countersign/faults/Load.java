package dev.countersign.faults;

import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.Link;
import dev.countersign.testsupport.http.PlainPath;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Clients that create keys, each with its own name, and remember the answers. Every tenth request has to be refused:
 * its rate limit is invalid, or its public key is taken.
 */
final class Load {
    private static final int CLIENTS = 16;
    private static final int BAD_ONE_IN = 10;
    private static final int PAUSE_MILLIS = 20;

    private final Supplier<Client> client;
    private final String keys;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger names = new AtomicInteger();
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final List<String> refused = Collections.synchronizedList(new ArrayList<>());
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final AtomicLong lastCreated = new AtomicLong();
    private volatile boolean ended;

    private Load(Supplier<Client> client, String keys) {
        this.client = client;
        this.keys = keys;
    }

    /** Starts the clients, and waits for the first acknowledged key. */
    static Load start(Supplier<Client> client, String keys) throws InterruptedException {
        Load load = new Load(client, keys);
        for (int i = 0; i < CLIENTS; i++) {
            Thread thread = new Thread(load::run, "client " + i);
            thread.setDaemon(true);
            thread.start();
            load.threads.add(thread);
        }
        load.awaitCreated(System.nanoTime());
        return load;
    }

    /**
     * Waits for the first key acknowledged after a moment.
     *
     * @return the time from that moment
     */
    Duration awaitCreated(long moment) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (lastCreated.get() == 0 || lastCreated.get() - moment <= 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no key was acknowledged within a minute: " + wrong);
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return Duration.ofNanos(lastCreated.get() - moment);
    }

    /** Waits until every client has its last answer. */
    void end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** The keys answered 201, with their names. */
    Map<String, String> acknowledged() {
        return acknowledged;
    }

    /** The names of keys answered 4xx. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /** Answers that are neither 201, 4xx nor a complete 503. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    int unavailable() {
        return unavailable.get();
    }

    int broken() {
        return broken.get();
    }

    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    /** Counts how often each id and each name is listed. */
    Map<String, Integer> listed() {
        Map<String, Integer> counts = new HashMap<>();
        Link link;
        String cursor = "";
        do {
            HttpResponse<String> page = client.get()
                    .send("GET", keys + "?per_page=100&cursor=" + cursor, "")
                    .join();
            JsonPath json = PlainPath.of(page.body());
            json.<String>getList("id").forEach(id -> counts.merge(id, 1, Integer::sum));
            json.<String>getList("name").forEach(name -> counts.merge(name, 1, Integer::sum));
            link = new Link(page.headers().firstValue("Link").orElseThrow());
            cursor = link.cursor("next");
        } while (link.leadsTo("next"));
        return counts;
    }

    private void run() {
        String lastKey = "";
        while (!ended) {
            int number = names.incrementAndGet();
            String name = "key-" + number;
            boolean bad = number % BAD_ONE_IN == 0;
            long start = System.nanoTime();
            try {
                var answer = post(bad ? bad(name, lastKey) : """
                        {"name":"%s"}""".formatted(name));
                slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
                lastKey = keep(name, answer, lastKey);
            } catch (CompletionException e) {
                slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
                if (e.getCause() instanceof java.net.http.HttpTimeoutException) {
                    wrong.add("no answer in time");
                }
                broken.incrementAndGet();
                pause();
            }
        }
    }

    private HttpResponse<String> post(String json) {
        CompletableFuture<HttpResponse<String>> sent = client.get().send("POST", keys, json);
        return sent.join();
    }

    private static String bad(String name, String lastKey) {
        String refused = lastKey.isEmpty() ? """
                "rateLimit":{"window":-1,"count":1}""" : """
                "public":"%s"\
                """.formatted(lastKey);
        return """
                {"name":"%s",%s}""".formatted(name, refused);
    }

    private String keep(String name, HttpResponse<String> answer, String lastKey) {
        int status = answer.statusCode();
        if (status == 201) {
            String id = PlainPath.of(answer.body()).getString("id");
            acknowledged.put(id, name);
            lastCreated.set(System.nanoTime());
            return id;
        }
        if (status >= 400 && status < 500) {
            refused.add(name);
        } else if (status == 503 && isComplete(answer)) {
            unavailable.incrementAndGet();
            pause();
        } else {
            wrong.add(status + " " + answer.body());
        }
        return lastKey;
    }

    private static boolean isComplete(HttpResponse<String> answer) {
        return answer.headers().firstValue("Retry-After").isPresent()
                && answer.headers().firstValue("Content-Type").orElse("").equals("application/json")
                && answer.body().equals("""
                        {"detail":"Service temporarily unavailable"}""");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
