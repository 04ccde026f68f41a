package dev.countersign.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithReplicas;
import dev.countersign.testsupport.http.PlainPath;
import io.restassured.response.Response;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica drops a value from its memory when another replica, or plain SQL, changes that value. */
@WithReplicas
class ReplicasIT {

    private static final Duration PROMISE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int REPETITIONS = 20;

    /** The connections of both replicas that listen: all that they send is a question that tests the connection. */
    private static final String LISTENERS = "from pg_stat_activity where query like 'select pg_backend_pid(), %'";

    private final Replicas.Pair replicas;
    private Tenant tenant;

    ReplicasIT(Replicas.Pair replicas) {
        this.replicas = replicas;
    }

    @BeforeEach
    void createTenant() {
        tenant = replicas.newTenant();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "rotate", "delete"})
    void otherReplicaRefusesARevokedApiKeyWithinASecond(String how) throws Exception {
        String token = tenant.newApiKey("project:read");
        awaitKept(token);
        String path = tenant.path("organizations/{o}/api-keys/") + apiKeyId() + "/";

        Response answer =
                switch (how) {
                    case "disable" -> Api.operator().put(path, """
                            {"status":"disabled"}""");
                    case "rotate" -> Api.operator().post(path + "rotate/", "");
                    default -> Api.operator().delete(path);
                };

        assertThat(answer.statusCode()).isBetween(200, 204);
        await(PROMISE, () -> askSecond(token), refused -> refused.statusCode() == 401);
    }

    @Test
    void otherReplicaFindsARenamedProjectWithinASecond() throws Exception {
        awaitKept(Api.OPERATOR_TOKEN);

        Api.operator().put(tenant.path("projects/{o}/{p}/"), """
                        {"slug":"new"}""").then().statusCode(200);

        await(PROMISE, () -> askSecond(Api.OPERATOR_TOKEN), moved -> moved.statusCode() == 302);
        String keys = tenant.path("projects/{o}/new/keys/");
        assertThat(replicas.second().send("GET", keys, "").statusCode()).isEqualTo(200);
    }

    @Test
    void otherReplicaFindsARecreatedProjectWithinASecond() throws Exception {
        awaitKept(Api.OPERATOR_TOKEN);
        Api.operator().delete(tenant.path("projects/{o}/{p}/"));
        long newId = Api.operator()
                .post(tenant.path("teams/{o}/{t}/projects/"), """
                                {"name":"Again","slug":"%s"}""".formatted(tenant.project()))
                .jsonPath()
                .getLong("id");

        await(
                PROMISE,
                this::createOnSecond,
                created -> created.statusCode() == 201
                        && PlainPath.of(created.body()).getLong("projectId") == newId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"organization", "project"})
    void newIngestHostIsInTheDsnsOfTheOtherReplicaWithinASecond(String owner) throws Exception {
        awaitKept(Api.OPERATOR_TOKEN);
        assertThat(askSecond(Api.OPERATOR_TOKEN).body()).contains("@sentry.io/");
        String organization = "organizations/" + tenant.organization() + "/";
        String project = "projects/" + tenant.organization() + "/" + tenant.project() + "/";

        Api.operator()
                .put(owner.equals("project") ? project : organization, "{\"ingest\":\"eu-west\"}")
                .then()
                .statusCode(200);

        await(PROMISE, () -> askSecond(Api.OPERATOR_TOKEN), keys -> keys.body().contains("@eu.example.com/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"organizations/{o}/", "projects/{o}/{p}/"})
    void newKeysOfTheOtherReplicaHaveADefaultRateLimitWithinASecond(String owner) throws Exception {
        awaitKept(Api.OPERATOR_TOKEN);

        Api.operator().put(tenant.path(owner), """
                        {"defaultRateLimit":{"window":60,"count":5}}""").then().statusCode(200);

        await(PROMISE, this::createOnSecond, created -> created.body()
                .contains("\"rateLimit\":{\"window\":60,\"count\":5}"));
    }

    @Test
    void otherReplicaForgetsADeletedOrganizationWithinASecond() throws Exception {
        awaitKept(Api.OPERATOR_TOKEN);

        Api.operator().delete(tenant.path("organizations/{o}/"));

        await(PROMISE, () -> askSecond(Api.OPERATOR_TOKEN), gone -> gone.statusCode() == 404);
    }

    @Test
    void bothReplicasNoticeAChangeMadeInSql() throws Exception {
        String token = tenant.newApiKey("project:read");
        awaitKept(token);

        replicas.sql("update api_key set active = false where id = " + apiKeyId());

        await(PROMISE, () -> askSecond(token), refused -> refused.statusCode() == 401);
        await(
                PROMISE,
                () -> answered(() -> replicas.first().send(token, "GET", tenant.keys(), "")),
                refused -> refused.statusCode() == 401);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void replicaServesNothingFromMemoryWithoutItsListener(boolean cut) throws Exception {
        String token = tenant.newApiKey("project:read");
        awaitKept(token);

        replicas.proxy().silenceListeners();
        if (cut) {
            replicas.proxy().cutListeners();
        }
        replicas.sql("update api_key set active = false where id = " + apiKeyId());

        await(PROMISE, () -> askSecond(token), refused -> refused.statusCode() == 401);
        replicas.proxy().takeExecuted();
        assertThat(askSecond(Api.OPERATOR_TOKEN).statusCode()).isEqualTo(200);
        assertThat(replicas.proxy().takeExecuted())
                .as("the project is looked up again")
                .hasSize(2);

        replicas.proxy().heal();
        awaitKept(Api.OPERATOR_TOKEN);
    }

    @Test
    void terminatedListenerIsOpenedAgain() throws Exception {
        awaitKept(Api.OPERATOR_TOKEN);

        assertThat(count("select count(pg_terminate_backend(pid, 60000)) " + LISTENERS))
                .isPositive();

        assertThat(Poll.until(() -> count("select count(*) " + LISTENERS), listeners -> listeners == 2))
                .isEqualTo(2);
        awaitKept(Api.OPERATOR_TOKEN);
    }

    private int count(String query) {
        try (Connection connection = replicas.connect();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String apiKeyId() {
        return Api.operator()
                .get(tenant.path("organizations/{o}/api-keys/"))
                .jsonPath()
                .getString("[0].id");
    }

    private HttpResponse<String> askSecond(String token) throws Exception {
        return answered(() -> replicas.second().send(token, "GET", tenant.keys(), ""));
    }

    private HttpResponse<String> createOnSecond() throws Exception {
        return answered(() -> replicas.second().send("POST", tenant.keys(), "{}"));
    }

    /** A request that is answered 503, since the machine is busy, says nothing of the memory and is sent again. */
    private static HttpResponse<String> answered(Callable<HttpResponse<String>> ask) throws Exception {
        HttpResponse<String> answer = ask.call();
        for (int again = 0; again < REPETITIONS && answer.statusCode() == 503; again++) {
            answer = ask.call();
        }
        return answer;
    }

    /** Repeats a request until the second replica queries the database for the keys only. */
    private void awaitKept(String token) throws Exception {
        await(
                PATIENCE,
                () -> {
                    replicas.proxy().takeExecuted();
                    assertThat(askSecond(token).statusCode()).isEqualTo(200);
                    return replicas.proxy().takeExecuted();
                },
                executed -> executed.size() == 1);
    }

    /** Repeats a question. The last question is asked before the time is over. */
    private static <T> void await(Duration time, Callable<T> ask, Predicate<T> expected) throws Exception {
        long deadline = System.nanoTime() + time.toNanos();
        T answer;
        boolean inTime;
        do {
            inTime = System.nanoTime() < deadline;
            answer = ask.call();
        } while (inTime && !expected.test(answer));
        assertThat(expected.test(answer)).as(String.valueOf(answer)).isTrue();
    }
}
