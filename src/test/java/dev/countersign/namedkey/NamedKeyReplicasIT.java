package dev.countersign.namedkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithReplicas;
import dev.countersign.testsupport.http.Client;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers of two replicas make the key of a name at once. */
@WithReplicas
class NamedKeyReplicasIT {

    private static final int CALLERS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Replicas.Pair replicas;
    private final List<Client> clients;
    private Tenant tenant;

    NamedKeyReplicasIT(Replicas.Pair replicas) {
        this.replicas = replicas;
        this.clients = List.of(client(replicas.first()), client(replicas.second()));
    }

    @BeforeEach
    void createTenant() {
        RestAssured.port = replicas.first().port();
        tenant = Tenant.create();
    }

    @Test
    void thirtyTwoCallersMakeOneKey() {
        for (int round = 0; round < 5; round++) {
            String path = tenant.named("app " + round);

            List<HttpResponse<String>> answers = atOnce(CALLERS, path, "{}");

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 201);
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
            assertThat(answers)
                    .extracting(HttpResponse::body)
                    .containsOnly(Api.operator().get(path).asString());
        }
        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("id")).hasSize(6);
    }

    /** Another transaction holds the lock of one name, as a replica does that stops in the middle of a PUT. */
    @Test
    void whoMakesAnotherNameDoesNotWait() throws Exception {
        try (Connection other = replicas.postgres().getPostgresDatabase().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement()
                    .execute("select pg_advisory_xact_lock(hashtextextended('project_key.label " + tenant.projectId()
                            + " stuck', 0))");
            List<CompletableFuture<HttpResponse<String>>> stuck = IntStream.range(0, CALLERS)
                    .mapToObj(i -> clients.get(i % 2).send("PUT", tenant.named("stuck"), "{}"))
                    .toList();

            for (int i = 0; i < CALLERS; i++) {
                assertThat(atOnce(1, tenant.named("free " + i), "{}").get(0).statusCode())
                        .isEqualTo(201);
            }
            stuck.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(503));
            other.rollback();
        }
        assertThat(atOnce(1, tenant.named("stuck"), "{}").get(0).statusCode()).isEqualTo(201);
    }

    @Test
    void newSlugOfAProjectIsShownByBothReplicas() {
        String reference = tenant.environment(tenant.projectId() + "/Default");
        clients.forEach(client -> assertThat(project(client, reference)).isEqualTo("pump-station"));

        Api.operator().put(tenant.path("projects/{o}/{p}/"), """
                {"slug":"new"}""").then().statusCode(200);

        clients.forEach(client -> assertThat(Poll.until(() -> project(client, reference), "new"::equals))
                .isEqualTo("new"));
    }

    private static String project(Client client, String path) {
        HttpResponse<String> answer = client.send("GET", path, "").join();
        return new JsonPath(answer.body()).getString("SENTRY_PROJECT");
    }

    private List<HttpResponse<String>> atOnce(int callers, String path, String body) {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, callers)
                .mapToObj(i -> clients.get(i % 2).send("PUT", path, body))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static Client client(PackagedService service) {
        return Client.of(service.port(), Api.operator().authorization(), PATIENCE);
    }
}
