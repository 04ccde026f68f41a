package dev.countersign.gate.count;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.http.RawHttp;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A client key whose events packaged replicas count.
 *
 * @param postgres the database of the replicas
 * @param keys the path of the keys of its project
 * @param key the public key
 */
record CountedKey(OwnPostgres postgres, String keys, long projectId, String key) {

    static final String TOKEN = "token-of-the-gateways-in-the-tests";

    private static final int GOOD = 200;

    /** Creates a key in a project. */
    static CountedKey of(OwnPostgres postgres, PackagedService service, String keys, String json)
            throws IOException, InterruptedException {
        var created =
                new ObjectMapper().readTree(service.send("POST", keys, json).body());
        return new CountedKey(
                postgres,
                keys,
                created.get("projectId").asLong(),
                created.get("id").asText());
    }

    /** Asks a gate so many times, and answers how many events passed. */
    int passed(PackagedService service, int attempts) {
        GateClient gate = new GateClient(service.gatePort(), TOKEN);
        return (int) IntStream.range(0, attempts)
                .filter(i -> gate.caddy("POST", event()).status() == GOOD)
                .count();
    }

    /**
     * Asks a gate on one connection until the connection ends.
     *
     * @param passed is raised by one for each event that passed
     */
    void sendUntilTheEnd(PackagedService service, AtomicInteger passed) {
        GateClient gate = new GateClient(service.gatePort(), TOKEN);
        String question =
                gate.head("GET", "forwarded", "X-Forwarded-Uri: " + event() + "\r\nX-Forwarded-Method: POST\r\n");
        try (RawHttp connection = new RawHttp(gate.port())) {
            for (var answer = connection.send(question).read(true);
                    answer != null;
                    answer = connection.send(question).read(true)) {
                passed.addAndGet(answer.status() == GOOD ? 1 : 0);
            }
        } catch (IOException e) {
            // The gate has gone.
        }
    }

    /** What the database has counted: accepted, limited and rejected; empty if nothing. */
    String counts() {
        try {
            List<String> found =
                    postgres.texts("select accepted || ' ' || limited || ' ' || rejected from key_last_seen"
                            + " join project_key on id = key_id where public_key = '" + key + "'");
            return found.isEmpty() ? "" : found.get(0);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many events the database has counted as accepted. */
    int accepted() {
        String counts = counts();
        return counts.isEmpty() ? 0 : Integer.parseInt(counts.substring(0, counts.indexOf(' ')));
    }

    private String event() {
        return "/api/" + projectId + "/store/?sentry_key=" + key;
    }
}
