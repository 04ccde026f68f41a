package dev.countersign.postgres.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.Replicas.Call;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithReplicas;
import dev.countersign.testsupport.http.PlainPath;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that come at once may share statements, and each gets its own answer. */
@WithReplicas
class MergedStatementsIT {

    private static final int REQUESTS = 96;

    private final Replicas.Pair replicas;
    private Tenant tenant;

    MergedStatementsIT(Replicas.Pair replicas) {
        this.replicas = replicas;
    }

    @BeforeEach
    void createTenant() {
        tenant = replicas.newTenant();
    }

    @Test
    void keysReadAtOnceAreAnsweredEach() {
        List<String> keys =
                IntStream.range(0, REQUESTS).mapToObj(i -> tenant.newKey("{}")).toList();

        var answers = sendAtOnce(keys.stream().map(this::read).toList());

        assertThat(answers).extracting(answer -> member(answer, "id")).isEqualTo(keys);
    }

    @Test
    void keysReadAtOnceBelongToTheirProjectAndTheCaller() {
        String key = tenant.newKey("{}");
        String hidden = tenant.newKey("""
                {"useCase":"profiling"}""");
        String foreign = replicas.newTenant().newKey("{}");
        List<String> refused = List.of(hidden, foreign, "0".repeat(32), "x".repeat(40), "%00");
        List<Call> calls = new ArrayList<>(Collections.nCopies(REQUESTS, read(key)));
        refused.forEach(other -> calls.addAll(Collections.nCopies(REQUESTS / 4, read(other))));
        Collections.shuffle(calls);

        var answers = replicas.sendAtOnce(tenant.newApiKey("project:read"), calls);

        for (int i = 0; i < calls.size(); i++) {
            boolean own = calls.get(i).path().contains(key);
            assertThat(answers.get(i).statusCode()).as(calls.get(i).path()).isEqualTo(own ? 200 : 404);
            assertThat(answers.get(i).body().contains(key)).isEqualTo(own);
        }
    }

    @Test
    void projectsOfDsnsFoundAtOnceAreThoseOfTheCaller() {
        Tenant stranger = replicas.newTenant();
        String foreign = stranger.newKey("{}");
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < REQUESTS / 4; i++) {
            for (String key : List.of(tenant.newKey("{}"), foreign, "0".repeat(32), "%22")) {
                calls.add(new Call("GET", "projects/?query=dsn:" + key, ""));
            }
        }

        var answers = replicas.sendAtOnce(tenant.newApiKey("project:read"), calls);

        for (int i = 0; i < calls.size(); i++) {
            assertThat(answers.get(i).statusCode()).isEqualTo(200);
            assertThat(PlainPath.of(answers.get(i).body()).getList("id", Long.class))
                    .as(calls.get(i).path())
                    .isEqualTo(i % 4 == 0 ? List.of(tenant.projectId()) : List.of());
        }
    }

    @Test
    void keysMadeAtOnceAreStoredEach() {
        var answers = sendAtOnce(creates());

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
        assertThat(answers).extracting(answer -> member(answer, "name")).isEqualTo(names());
        for (var answer : answers) {
            assertThat(Api.operator().get(tenant.key(member(answer, "id"))).asString())
                    .isEqualTo(answer.body());
        }
    }

    @Test
    void takenKeysFailTheirOwnRequestsOnly() throws SQLException {
        String taken = tenant.newKey("{}");
        List<Call> calls = creates();
        for (int i = 0; i < REQUESTS; i += 8) {
            calls.set(i, create("""
                    {"name":"taken","public":"%s"}""".formatted(taken)));
        }

        var answers = sendAtOnce(calls);

        for (int i = 0; i < REQUESTS; i++) {
            assertThat(answers.get(i).statusCode()).isEqualTo(i % 8 == 0 ? 409 : 201);
        }
        assertThat(stored()).hasSize(2 + REQUESTS * 7 / 8).doesNotContain("taken");
    }

    @Test
    void keyChosenTwiceAtOnceIsStoredOnce() throws SQLException {
        String chosen = UUID.randomUUID().toString().replace("-", "");
        List<Call> calls = creates();
        calls.addAll(Collections.nCopies(8, create("""
                {"name":"chosen","public":"%s"}""".formatted(chosen))));

        var answers = sendAtOnce(calls);

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 409).hasSize(7);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(REQUESTS + 1);
        assertThat(stored()).hasSize(1 + REQUESTS + 1).containsAll(names()).containsOnlyOnce("chosen");
    }

    @Test
    void keysOfSeveralProjectsMadeAtOnceEachBelongToTheirs() {
        Tenant other = replicas.newTenant();
        List<Call> calls = creates();
        names().forEach(name -> calls.add(new Call("POST", other.keys(), "{}")));
        Collections.shuffle(calls);

        var answers = sendAtOnce(calls);

        for (int i = 0; i < calls.size(); i++) {
            long project = calls.get(i).path().equals(other.keys()) ? other.projectId() : tenant.projectId();
            assertThat(PlainPath.of(answers.get(i).body()).getLong("projectId")).isEqualTo(project);
        }
    }

    private List<HttpResponse<String>> sendAtOnce(List<Call> calls) {
        return replicas.sendAtOnce(Api.OPERATOR_TOKEN, calls);
    }

    private Call read(String key) {
        return new Call("GET", tenant.key(key), "");
    }

    private Call create(String json) {
        return new Call("POST", tenant.keys(), json);
    }

    private List<Call> creates() {
        return new ArrayList<>(
                names().stream().map(name -> create("""
                        {"name":"%s"}""".formatted(name))).toList());
    }

    private static List<String> names() {
        return IntStream.range(0, REQUESTS).mapToObj(i -> "at once " + i).toList();
    }

    private List<String> stored() throws SQLException {
        try (Connection connection = replicas.connect();
                ResultSet labels = connection
                        .createStatement()
                        .executeQuery("select label from project_key where project_id = " + tenant.projectId())) {
            List<String> names = new ArrayList<>();
            while (labels.next()) {
                names.add(labels.getString(1));
            }
            return names;
        }
    }

    private static String member(HttpResponse<String> answer, String name) {
        return PlainPath.of(answer.body()).getString(name);
    }
}
