package dev.countersign.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Tenant;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests for many keys, and keys of projects with large settings, do not fill a heap of 192 MB. */
class RelayMemoryIT {

    private static final int KEYS = 10_000;
    private static final int AT_ONCE = 30;
    private static final TestRelay RELAY = TestRelay.TRUSTED;
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    static final OwnService SERVICE =
            new OwnService(TestRelay.trustedWith(Map.of("JAVA_TOOL_OPTIONS", "-Xmx192m -XX:+ExitOnOutOfMemoryError")));

    @BeforeEach
    void choosePort() {
        RestAssured.port = SERVICE.get().port();
    }

    @Test
    void manyRequestsForTenThousandKeysAreAnsweredOrComeAgain() throws Exception {
        Tenant tenant = Tenant.create();
        String body = asked(newKeys(tenant, KEYS), false);

        Response alone = fetched(body);
        List<Integer> statuses = together(() -> answer(body));

        assertThat(statuses).isSubsetOf(200, 503);
        assertThat(json(alone).path("configs")).hasSize(KEYS);
        assertThat(json(fetched(body)).path("configs")).hasSize(KEYS);
    }

    @Test
    void keysOfLargeProjectsComeInSeveralAnswers() throws Exception {
        Tenant tenant = Tenant.create();
        fillSettings(tenant);
        List<String> keys = newKeys(tenant, 500);

        List<Integer> statuses = together(() -> answer(asked(keys, false)));
        int answers = fetch(keys);
        Response plain = RELAY.post("projectconfigs/?version=3", asked(keys, true));

        assertThat(statuses).isSubsetOf(200, 503);
        assertThat(answers).isGreaterThan(10);
        assertThat(plain.statusCode()).isEqualTo(503);
        assertThat(plain.header("Retry-After")).isNotNull();
    }

    @Test
    void largeProjectsComeInSeveralAnswers() throws Exception {
        Tenant tenant = Tenant.create();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            long id = Api.operator()
                    .post(tenant.path("teams/{o}/{t}/projects/"), """
                            {"name":"large-%d"}""".formatted(i))
                    .jsonPath()
                    .getLong("id");
            Tenant large = new Tenant(tenant.organization(), tenant.team(), "large-" + i, id);
            fillSettings(large);
            keys.add(large.newKey("{}"));
        }
        keys.add(tenant.newKey("{}"));

        assertThat(fetch(keys)).isEqualTo(2);
    }

    /** Fetches as a Relay does, which asks again for what is pending, and answers how often it asked. */
    private static int fetch(List<String> keys) throws IOException {
        List<String> left = keys;
        int answers = 0;
        while (!left.isEmpty()) {
            Response response = fetched(asked(left, false));
            JsonNode answer = json(response);
            JsonNode configs = answer.required("configs");
            List<String> pending = new ArrayList<>();
            answer.required("pending").forEach(key -> pending.add(key.textValue()));

            assertThat(response.asByteArray()).hasSizeLessThan(4 << 20);
            assertThat(configs).hasSize(left.size() - pending.size()).isNotEmpty();
            assertThat(configs)
                    .allSatisfy(config -> assertThat(config.get("disabled")).isEqualTo(BooleanNode.FALSE));
            left = pending;
            answers++;
        }
        return answers;
    }

    /** An answer of some megabytes, which REST Assured would read slowly. */
    private static JsonNode json(Response response) throws IOException {
        return JSON.readTree(response.asByteArray());
    }

    /** Gives a project some 60 KiB of settings. */
    private static void fillSettings(Tenant tenant) {
        String pages = String.join(",", Collections.nCopies(240, '"' + "a".repeat(250) + '"'));
        Api.operator()
                .put(tenant.path("projects/{o}/{p}/"), """
                {"allowedDomains":[%s]}""".formatted(pages))
                .then()
                .statusCode(200);
    }

    /** The configs, once the service has answered them: a Relay repeats a request that gets 503. */
    private static Response fetched(String body) {
        return Poll.until(
                () -> RELAY.post("projectconfigs/?version=3", body), response -> response.statusCode() == 200);
    }

    private static int answer(String body) {
        Response response = RELAY.post("projectconfigs/?version=3", body);
        if (response.statusCode() == 503) {
            assertThat(response.header("Retry-After")).isNotNull();
        }
        return response.statusCode();
    }

    private static String asked(List<String> keys, boolean noCache) {
        return """
                {"publicKeys":[%s],"noCache":%s}""".formatted(TestRelay.list(keys.toArray(new String[0])), noCache);
    }

    private static List<Integer> together(Callable<Integer> send) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> sent : threads.invokeAll(Collections.nCopies(AT_ONCE, send))) {
                statuses.add(sent.get());
            }
            return statuses;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Makes keys like a new key of a tenant, and answers their public keys. */
    private static List<String> newKeys(Tenant tenant, int number) throws Exception {
        String one = tenant.newKey("{}");
        List<String> keys = new ArrayList<>();
        try (Connection connection =
                        SERVICE.postgres().server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        insert into project_key
                        select (jsonb_populate_record(key, jsonb_build_object(
                            'id', nextval(pg_get_serial_sequence('project_key', 'id')), 'label', 'Key ' || number,
                            'public_key', md5('%1$s' || number), 'secret_key', md5('s%1$s' || number)))).*
                        from project_key key, generate_series(1, %2$d) as number where key.public_key = '%1$s'
                        returning public_key""".formatted(one, number))) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }
}
