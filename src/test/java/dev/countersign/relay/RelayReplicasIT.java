package dev.countersign.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithReplicas;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas give relays the same answers, with few statements, counted on the wire of the second. */
@WithReplicas
class RelayReplicasIT {

    private static final TestRelay RELAY = TestRelay.TRUSTED;
    private static final int MANY = 1000;

    private final Replicas.Pair replicas;
    private Tenant tenant;

    RelayReplicasIT(Replicas.Pair replicas) {
        this.replicas = replicas;
    }

    @BeforeEach
    void createTenant() {
        tenant = replicas.newTenant();
    }

    @Test
    void thousandKeysTakeTwoStatementsAndNoneOnceTheyAreKnown() throws Exception {
        String[] keys = manyKeys();
        String asked = """
                {"publicKeys":[%s],"revisions":%s,"fullConfig":true,"noCache":false}""";
        String none = "[" + String.join(",", java.util.Collections.nCopies(MANY, "null")) + "]";

        Answer first = send("projectconfigs/?version=3", asked.formatted(TestRelay.list(keys), none));
        Map<String, Map<String, Object>> configs = first.response.jsonPath().getMap("configs");
        String[] revisions = Arrays.stream(keys)
                .map(key -> (String) configs.get(key).get("rev"))
                .toArray(String[]::new);
        String known = asked.formatted(TestRelay.list(keys), "[" + TestRelay.list(revisions) + "]");
        Answer again =
                Poll.until(() -> send("projectconfigs/?version=3", known), answer -> answer.statements.isEmpty());

        assertThat(configs).hasSize(MANY);
        assertThat(first.statements)
                .satisfiesExactly(
                        byKey -> assertThat(byKey).contains(" from project_key where public_key = any("),
                        byId -> assertThat(byId).contains(" from project where id = any("));
        assertThat(again.statements).isEmpty();
        assertThat(again.response.jsonPath().getList("unchanged")).hasSize(MANY);
    }

    @Test
    void registrationReadsTheSecretOnlyAndBothReplicasShareIt() throws Exception {
        String challenge = """
                {"relay_id":"%s","public_key":"%s"}""".formatted(RELAY.id(), RELAY.publicKey());
        RELAY.post("register/challenge/", challenge);

        Answer token = send("register/challenge/", challenge);
        RestAssured.port = replicas.first().port();
        Response registered = RELAY.post("register/response/", """
                {"relay_id":"%s","token":"%s"}""".formatted(
                        RELAY.id(), token.response.jsonPath().getString("token")));

        assertThat(token.statements).containsExactly("select secret from relay_token_secret");
        assertThat(registered.statusCode()).as(registered.asString()).isEqualTo(200);
    }

    @Test
    void projectIdsAndOutcomesAreOneStatement() throws Exception {
        String key = tenant.newKey("{}");
        Answer ids = send("projectids/", """
                {"publicKeys":["%s","%s"]}""".formatted(key, "0".repeat(32)));
        Answer outcomes = send("outcomes/", """
                {"outcomes":[{"timestamp":"2026-11-25T20:56:53Z","key_id":1,"project_id":2,"outcome":2,"category":1},
                {"timestamp":"%s","key_id":1,"project_id":2,"outcome":2,"category":1}]}""".formatted(java.time.Instant.now()));

        assertThat(ids.statements).hasSize(1);
        assertThat(ids.response.jsonPath().getMap("projectIds")).containsOnlyKeys(key);
        assertThat(outcomes.statements).singleElement().asString().startsWith("with counted as ");
        assertThat(send("outcomes/", "{}").statements).isEmpty();
        assertThat(send("publickeys/", "{}").statements).isEmpty();
    }

    /** The second replica keeps the revision in memory; a relay would ask with this revision. */
    @Test
    void keyThatAnotherReplicaSwitchesOffIsDisabledSoon() throws Exception {
        String key = tenant.newKey("{}");
        Response first = send("projectconfigs/?version=3", """
                {"publicKeys":["%s"]}""".formatted(key)).response;
        String known = """
                {"publicKeys":["%s"],"revisions":["%s"]}""".formatted(key, first.jsonPath().getString("configs." + key + ".rev"));
        Poll.until(() -> send("projectconfigs/?version=3", known), answer -> answer.statements.isEmpty());

        replicas.first().send("PUT", tenant.key(key), """
                {"isActive":false}""");
        Answer disabled = Poll.until(
                () -> send("projectconfigs/?version=3", known),
                answer -> answer.response.jsonPath().getMap("configs").containsKey(key));

        assertThat(disabled.response.jsonPath().getBoolean("configs." + key + ".disabled"))
                .isTrue();
    }

    private String[] manyKeys() throws Exception {
        String one = tenant.newKey("{}");
        replicas.sql("""
                insert into project_key
                select (jsonb_populate_record(key, jsonb_build_object(
                    'id', nextval(pg_get_serial_sequence('project_key', 'id')),
                    'label', 'Key ' || number, 'public_key', md5('%1$s' || number), 'secret_key', md5('s%1$s' || number)))).*
                from project_key key, generate_series(2, %2$d) as number where key.public_key = '%1$s'
                """.formatted(one, MANY));
        List<String> keys = new ArrayList<>();
        try (var connection = replicas.connect();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select public_key from project_key where project_id = " + tenant.projectId()
                                + " and label <> 'Default' order by id")) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys.toArray(new String[0]);
    }

    /** Posts to the second replica, and lists the statements of the request. */
    private Answer send(String path, String json) {
        RestAssured.port = replicas.second().port();
        replicas.proxy().takeExecuted();
        Response response = RELAY.post(path, json);
        List<String> statements = replicas.proxy().takeExecuted().stream()
                .filter(statement -> !statement.contains("pg_backend_pid"))
                .toList();
        RestAssured.port = replicas.first().port();
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return new Answer(response, statements);
    }

    private record Answer(Response response, List<String> statements) {}
}
