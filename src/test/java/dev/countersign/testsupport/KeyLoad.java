package dev.countersign.testsupport;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.testsupport.http.Client;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Clients that create keys one after the other on kept connections, and remember the acknowledged keys. */
public final class KeyLoad {

    /** When a client stops to send. */
    public enum Routing {
        /** As a balancer does: once the service says that it is not ready. */
        WHERE_IT_IS_READY,
        /** Once a request fails. */
        UNTIL_IT_IS_GONE
    }

    private static final int CLIENTS = 4;
    private static final int MAX_REQUESTS = 20_000;
    private static final int CREATED = 201;
    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PROBE_INTERVAL_MILLIS = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PackagedService service;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    private KeyLoad(PackagedService service) {
        this.service = service;
    }

    /**
     * Starts the clients.
     *
     * @param keys the path of a project's keys below {@code /api/0/}
     */
    public static KeyLoad start(PackagedService service, String keys, Routing routing) {
        KeyLoad load = new KeyLoad(service);
        for (int i = 0; i < CLIENTS; i++) {
            load.run(() -> load.mint(Api.url(keys)));
        }
        if (routing == Routing.WHERE_IT_IS_READY) {
            load.run(load::probe);
        }
        return load;
    }

    /** Waits until so many keys were minted. */
    public void await(int keys) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (acknowledged.size() < keys) {
            if (over || System.nanoTime() > deadline) {
                throw new AssertionError("only " + acknowledged.size() + " keys, " + refusals + ", " + failures);
            }
            Thread.sleep(PROBE_INTERVAL_MILLIS);
        }
    }

    /** Waits until all clients have stopped. */
    public void awaitEnd() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
            if (thread.isAlive()) {
                throw new AssertionError("a client goes on");
            }
        }
    }

    /** The public keys that were answered with 201. */
    public Set<String> acknowledged() {
        return acknowledged;
    }

    /** The status of every answer that was none. */
    public List<Integer> refusals() {
        return List.copyOf(refusals);
    }

    /** The requests that had no answer. */
    public List<IOException> failures() {
        return List.copyOf(failures);
    }

    private void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        failures.add(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        over = true;
                    }
                },
                "load");
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void mint(String path) throws IOException, InterruptedException {
        Client client = service.client(PATIENCE);
        for (int i = 0; i < MAX_REQUESTS && !over; i++) {
            HttpResponse<String> answer = client.await("POST", path, "{}");
            if (answer.statusCode() == CREATED) {
                acknowledged.add(JSON.readTree(answer.body()).path("public").asText());
            } else {
                refusals.add(answer.statusCode());
            }
        }
    }

    private void probe() throws IOException, InterruptedException {
        Client client = service.client(PATIENCE);
        while (!over && client.await("GET", "/q/health/ready", "").statusCode() == OK) {
            Thread.sleep(PROBE_INTERVAL_MILLIS);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
