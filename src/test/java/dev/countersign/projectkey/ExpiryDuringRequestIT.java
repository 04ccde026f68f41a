package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithReplicas;
import dev.countersign.testsupport.http.Client;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A key changes between two statements of a request: another transaction holds its row while the request waits, and the
 * request must decide anew afterwards.
 */
@WithReplicas
class ExpiryDuringRequestIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROUNDS = 10;
    private static final String EXPIRE = "update project_key set date_expires = now() where public_key = '%s'";

    private final Replicas.Pair replicas;
    private Tenant tenant;
    private String id;

    ExpiryDuringRequestIT(Replicas.Pair replicas) {
        this.replicas = replicas;
    }

    @BeforeEach
    void createKey() {
        tenant = replicas.newTenant();
        id = tenant.newKey("""
                {"name":"app"}""");
    }

    /** Each would be good had the key not expired meanwhile. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    PUT | named | {"browserSdkVersion":"8.x"} | 409
                    PUT | key | {"isActive":true,"name":"other"} | 400
                    POST | rotation | {} | 409
                    """)
    void keyThatExpiresMeanwhileIsNoLongerActive(String method, String which, String body, int status)
            throws Exception {
        HttpResponse<String> answer = sendWhileRowChanges(method, which, body, () -> EXPIRE.formatted(id));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Api.operator().get(tenant.key(id)).jsonPath().getString("name"))
                .isEqualTo("app");
        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("id")).hasSize(2);
    }

    @Test
    void switchingOffAKeyThatExpiresMeanwhileStoresNothing() throws Exception {
        HttpResponse<String> answer = sendWhileRowChanges("PUT", "key", """
                {"isActive":false}""", () -> EXPIRE.formatted(id));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Api.operator().put(tenant.key(id), """
                {"dateExpires":null}""").jsonPath().getBoolean("isActive"))
                .isTrue();
    }

    @Test
    void endThatAnotherRequestSetsMeanwhileIsKept() throws Exception {
        HttpResponse<String> answer = sendWhileRowChanges("PUT", "named", """
                {"browserSdkVersion":"8.x"}""", () -> """
                update project_key set date_expires = '2080-01-01T00:00:00Z' where public_key = '%s'""".formatted(id));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"browserSdkVersion\":\"8.x\"", "2080-01-01T00:00:00.000Z");
    }

    /** A PUT of a name chose the key before its rotation, and must change the successor. */
    @Test
    void nameMeansTheSuccessorOfAKeyThatIsRotatedMeanwhile() throws Exception {
        AtomicReference<String> successor = new AtomicReference<>();

        HttpResponse<String> answer = sendWhileRowChanges("PUT", "named", """
                {"browserSdkVersion":"8.x"}""", () -> {
            successor.set(tenant.newKey("""
                    {"name":"app","isActive":false}"""));
            return """
                    update project_key set replaced_by = '%1$s' where public_key = '%2$s';
                    update project_key set active = true where public_key = '%1$s'""".formatted(successor, id);
        });

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"id\":\"" + successor + "\"");
        assertThat(Api.operator().get(tenant.key(id)).jsonPath().getString("browserSdkVersion"))
                .isEqualTo("10.x");
    }

    private String path(String which) {
        return Api.url(
                switch (which) {
                    case "named" -> tenant.named("app");
                    case "key" -> tenant.key(id);
                    default -> tenant.rotation(id);
                });
    }

    /**
     * The request has read the row and waits for it, when the row changes. On a busy machine it may wait in vain, which is 503:
     * then another row is made.
     */
    private HttpResponse<String> sendWhileRowChanges(String method, String which, String json, Supplier<String> sql)
            throws Exception {
        HttpResponse<String> answer = sendWhileRowChanges(method, which, json, sql.get());
        for (int round = 1; round < ROUNDS && answer.statusCode() == 503; round++) {
            createKey();
            answer = sendWhileRowChanges(method, which, json, sql.get());
        }
        return answer;
    }

    private HttpResponse<String> sendWhileRowChanges(String method, String which, String json, String sql)
            throws Exception {
        Client client = Client.of(replicas.second().port(), Api.operator().authorization(), PATIENCE);
        try (Connection other = replicas.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("select from project_key where public_key = '%s' for update".formatted(id));
            replicas.proxy().takeExecuted();
            CompletableFuture<HttpResponse<String>> answer = client.send(method, path(which), json);
            awaitWrite();
            other.createStatement().execute(sql);
            other.commit();
            return answer.get();
        }
    }

    private void awaitWrite() {
        assertThat(Poll.until(
                        () -> replicas.proxy().takeExecuted().stream()
                                .anyMatch(statement -> statement.matches("(?s)(update project_key|with rotation) .*")),
                        Boolean::booleanValue))
                .as("the request waits for the row")
                .isTrue();
    }
}
