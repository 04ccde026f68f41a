package dev.countersign.idempotency;

import static dev.countersign.idempotency.KeyedCalls.assertCreated;
import static dev.countersign.idempotency.KeyedCalls.assertReplayed;
import static dev.countersign.idempotency.KeyedCalls.named;
import static dev.countersign.idempotency.KeyedCalls.post;
import static dev.countersign.idempotency.KeyedCalls.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithReplicas;
import dev.countersign.testsupport.http.Client;
import io.restassured.response.Response;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The records of keys in the database, which two replicas share. */
@WithReplicas
class IdempotencyRecordsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Replicas.Pair replicas;
    private Tenant tenant;
    private String key;

    IdempotencyRecordsIT(Replicas.Pair replicas) {
        this.replicas = replicas;
    }

    @BeforeEach
    void createTenant() {
        tenant = replicas.newTenant();
        key = random();
    }

    /** A caller that is answered 503, since the machine is busy, repeats its request. */
    @ParameterizedTest
    @EnumSource
    void callersOfTwoReplicasMakeOneObject(CreatedKind kind) throws Exception {
        String name = random();
        AtomicInteger callers = new AtomicInteger();

        List<HttpResponse<String>> answers = KeyedCalls.inParallel(() -> {
            PackagedService replica = callers.getAndIncrement() % 2 == 0 ? replicas.first() : replicas.second();
            Client client = Client.of(replica.port(), null, PATIENCE);
            return Poll.until(() -> create(client, kind, name), answer -> answer.statusCode() != 503);
        });

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
        assertThat(answers)
                .filteredOn(answer ->
                        answer.headers().firstValue("Idempotency-Replayed").isEmpty())
                .hasSizeLessThanOrEqualTo(1);
        assertThat(kind.count(tenant, name)).isEqualTo(1);
    }

    @Test
    void expiredKeyIsFree() throws SQLException {
        String first = assertCreated(post(tenant.keys(), key, "{}")).jsonPath().getString("id");
        expire(key);

        Response second = assertCreated(post(tenant.keys(), key, named("Other body")));

        assertThat(second.jsonPath().getString("id")).isNotEqualTo(first);
        assertReplayed(post(tenant.keys(), key, named("Other body")));
    }

    @Test
    void keyIsKeptForADay() throws SQLException {
        assertCreated(post(tenant.keys(), key, "{}"));

        assertThat(single("select round(extract(epoch from date_expires - now()) / 3600) from idempotency_record"
                        + " where key = '" + key + "'"))
                .isEqualTo("24");
    }

    @Test
    void keyedRequestRemovesAHundredExpiredRecords() throws SQLException {
        replicas.sql("delete from idempotency_record where date_expires <= now()");
        fill("expired", 250, "now() - interval '1 hour'");

        assertCreated(post(tenant.keys(), key, "{}"));
        assertThat(count("expired")).isEqualTo("150");

        assertReplayed(post(tenant.keys(), key, "{}"));
        assertThat(count("expired"))
                .as("a repeated request has nothing to store")
                .isEqualTo("150");

        assertCreated(post(tenant.keys(), random(), "{}"));
        assertCreated(post(tenant.keys(), random(), "{}"));
        assertThat(count("expired")).isEqualTo("0");
    }

    @Test
    void callerHasAtMostTenThousandLiveKeys() throws SQLException {
        Api caller = tenant.apiKey("project:write");
        assertCreated(post(caller, tenant.keys(), key, "{}"));
        String name = single("select caller from idempotency_record where key = '" + key + "'");
        fill(name, 9_998, "now() + interval '1 hour'");
        assertCreated(post(caller, tenant.keys(), random(), "{}"));

        Response refused = post(caller, tenant.keys(), random(), "{}");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(3000, 3600);
        assertThat(refused.jsonPath().getString("detail"))
                .isEqualTo("At most 10000 values of Idempotency-Key are kept for a credential.");
        assertReplayed(post(caller, tenant.keys(), key, "{}"));
        assertThat(caller.post(tenant.keys(), "{}").statusCode()).isEqualTo(201);
        assertCreated(post(tenant.apiKey("project:write"), tenant.keys(), random(), "{}"));
        expire(key);
        assertCreated(post(caller, tenant.keys(), random(), "{}"));
    }

    @Test
    void requestWithoutTheHeaderStoresNoRecord() throws Exception {
        String before = single("select count(*) from idempotency_record");

        assertThat(statements(tenant.keys()))
                .filteredOn(statement -> !statement.startsWith("select "))
                .singleElement()
                .asString()
                .startsWith("insert into project_key ");
        assertThat(single("select count(*) from idempotency_record")).isEqualTo(before);
    }

    @Test
    void keyedRequestIsOneTransaction() throws Exception {
        Poll.until(() -> statements(tenant.keys()).size(), kept -> kept == 1);

        assertThat(statements(tenant.keys(), "Idempotency-Key", key))
                .satisfiesExactly(
                        find -> assertThat(find).startsWith("select encode(body_sha256, 'hex'), object_id from"),
                        begin -> assertThat(begin).isEqualToIgnoringCase("begin"),
                        lock -> assertThat(lock).startsWith("select pg_try_advisory_xact_lock("),
                        again -> assertThat(again).startsWith("with expired as ("),
                        object -> assertThat(object).startsWith("insert into project_key "),
                        record -> assertThat(record).startsWith("insert into idempotency_record"),
                        commit -> assertThat(commit).isEqualToIgnoringCase("commit"));
        assertThat(statements(tenant.keys(), "Idempotency-Key", key))
                .satisfiesExactly(
                        find -> assertThat(find).startsWith("select encode(body_sha256, 'hex'), object_id from"),
                        object -> assertThat(object).contains("from project_key where id = "));
    }

    @Test
    void recordsGoWithTheirParent() throws SQLException {
        String organization = "organizations/" + tenant.organization() + "/";
        assertCreated(post(CreatedKind.TEAM.path(tenant), key, named("Team")));
        assertCreated(post(CreatedKind.PROJECT.path(tenant), key, named("Project")));
        assertCreated(post(tenant.keys(), key, "{}"));
        assertThat(operations()).containsExactly("client-key", "project", "team");

        Api.operator()
                .delete("projects/" + tenant.organization() + "/" + tenant.project() + "/")
                .then()
                .statusCode(204);
        assertThat(operations()).containsExactly("project", "team");
        Api.operator()
                .delete("teams/" + tenant.organization() + "/" + tenant.team() + "/")
                .then()
                .statusCode(204);
        assertThat(operations()).containsExactly("team");
        Api.operator().delete(organization).then().statusCode(204);
        assertThat(operations()).isEmpty();
    }

    @Test
    void manyRecordsGoWithTheirParent() throws SQLException {
        assertCreated(post(tenant.keys(), key, "{}"));
        replicas.sql("""
                insert into idempotency_record
                    (caller, operation, organization_id, project_id, key, body_sha256, object_id, date_expires)
                select caller, operation, organization_id, project_id, 'many-' || number, body_sha256, object_id, date_expires
                from idempotency_record, generate_series(1, 5000) number where key = '%s'""".formatted(key));

        Api.operator()
                .delete("projects/" + tenant.organization() + "/" + tenant.project() + "/")
                .then()
                .statusCode(204);

        assertThat(single("select count(*) from idempotency_record where key like 'many-%'"))
                .isEqualTo("0");
        assertThat(Api.operator()
                        .get("organizations/" + tenant.organization() + "/audit-logs/")
                        .jsonPath()
                        .<String>getList("rows.event"))
                .startsWith("project.remove");
    }

    private HttpResponse<String> create(Client client, CreatedKind kind, String name) {
        return client.send("POST", Api.url(kind.path(tenant)), named(name), Api.OPERATOR_TOKEN, "Idempotency-Key", key)
                .join();
    }

    private void fill(String caller, int records, String expires) throws SQLException {
        replicas.sql("""
                insert into idempotency_record (caller, operation, key, body_sha256, object_id, date_expires)
                select '%s', 'filled', 'filled-' || number, '', 1, %s from generate_series(1, %d) number
                """.formatted(caller, expires, records));
    }

    private void expire(String expired) throws SQLException {
        replicas.sql("update idempotency_record set date_expires = now() where key = '" + expired + "'");
    }

    private String count(String caller) throws SQLException {
        return single("select count(*) from idempotency_record where caller = '" + caller + "'");
    }

    /** The operations of all records under the key, sorted. */
    private List<String> operations() throws SQLException {
        return texts("select operation from idempotency_record where key = '" + key + "' order by operation");
    }

    private String single(String query) throws SQLException {
        return texts(query).get(0);
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = replicas.connect();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** The statements of one create on the replica behind the proxy, as the operator. */
    private List<String> statements(String path, String... headers) {
        replicas.proxy().takeExecuted();
        HttpResponse<String> answer = Client.shared(replicas.second().port(), null)
                .send("POST", Api.url(path), "{}", Api.OPERATOR_TOKEN, headers)
                .join();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return replicas.proxy().takeExecuted();
    }
}
