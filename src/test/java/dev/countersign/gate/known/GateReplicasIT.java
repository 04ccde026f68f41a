package dev.countersign.gate.known;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.RawHttp.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate of a replica obeys what another replica, or plain SQL, changes. {@link GateTruthIT} has the promised second. */
class GateReplicasIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final TwoGates GATES = new TwoGates(Map.of("COUNTERSIGN_GATE_KNOWN_KEYS", "20"));

    private Tenant tenant;
    private String key;

    @BeforeEach
    void createKey() {
        tenant = Tenant.create();
        key = tenant.newKey("{}");
        GATES.awaitVerdict(PATIENCE, tenant, key, "200");
    }

    @Test
    void keyThatIsSwitchedOffIsRefusedUntilItIsSwitchedOn() {
        Api.operator().put(tenant.key(key), "{\"isActive\":false}").then().statusCode(200);
        GATES.awaitVerdict(PATIENCE, tenant, key, "inactive");

        Api.operator().put(tenant.key(key), "{\"isActive\":true}").then().statusCode(200);
        GATES.awaitVerdict(PATIENCE, tenant, key, "200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"projects/{o}/{p}/keys/{k}/", "projects/{o}/{p}/", "organizations/{o}/"})
    void removedKeyIsUnknown(String path) {
        Api.operator().delete(tenant.path(path).replace("{k}", key)).then().statusCode(204);

        GATES.awaitVerdict(PATIENCE, tenant, key, "unknown_key");
    }

    @Test
    void newKeyIsKnownThoughItWasUnknownBefore() {
        String later = String.format("%032x", System.nanoTime());
        GATES.awaitVerdict(PATIENCE, tenant, later, "unknown_key");
        GATES.awaitVerdict(PATIENCE, tenant, later, "unknown_key");

        tenant.newKey("{\"public\":\"" + later + "\"}");

        GATES.awaitVerdict(PATIENCE, tenant, later, "200");
    }

    @Test
    void renamedOrganizationIsNamed() {
        String renamed = tenant.organization() + "-new";

        Api.operator()
                .put(tenant.path("organizations/{o}/"), "{\"slug\":\"" + renamed + "\"}")
                .then()
                .statusCode(200);

        GATES.await(PATIENCE, tenant, key, answer -> answer.header("X-Countersign-Organization")
                .equals(renamed));
    }

    @Test
    void allowedDomainsOfTheProjectAreObeyed() {
        Api.operator()
                .put(tenant.path("projects/{o}/{p}/"), "{\"allowedDomains\":[\"app.example.com\"]}")
                .then()
                .statusCode(200);

        GATES.awaitVerdict(PATIENCE, tenant, key, "origin", "Origin", "https://evil.example.com");
        GATES.awaitVerdict(PATIENCE, tenant, key, "200", "Origin", "https://app.example.com");
    }

    /** Plain SQL may store what no request can; other keys of the same look-up must not suffer. */
    @Test
    void allowedDomainsThatAreNoListAllowEveryPage() throws Exception {
        GATES.sql("update project set settings = '{\"allowedDomains\": \"x\"}' where id = " + tenant.projectId());

        String other = tenant.newKey("{}");

        GATES.awaitVerdict(PATIENCE, tenant, other, "200", "Origin", "https://app.example.com");
        GATES.awaitVerdict(PATIENCE, tenant, key, "200", "Origin", "https://app.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update project_key set active = false where public_key = '{k}'",
                "update project_key set active = false",
                "update project_key set date_expires = now() where public_key = '{k}'",
                "delete from project where id = {p}",
                "truncate project_key cascade"
            })
    void changeByPlainSqlIsObeyed(String sql) throws Exception {
        GATES.sql(sql.replace("{k}", key).replace("{p}", Long.toString(tenant.projectId())));

        GATES.await(PATIENCE, tenant, key, answer -> answer.status() != 200);
    }

    /** A statement that changes many keys announces their organization, or everything. */
    @Test
    void changeOfManyKeysIsObeyed() throws Exception {
        GATES.sql("""
                        insert into project_key (organization_id, project_id, label, public_key, secret_key, active,
                            browser_sdk_version, has_replay, has_performance, has_debug, has_feedback,
                            has_logs_and_metrics, use_case, date_added, changed_by)
                        select organization_id, project_id, 'many', md5(random()::text), md5(random()::text), true, '',
                            true, true, true, true, true, 'user', now(), 'test'
                        from project_key, generate_series(1, 300) where public_key = '%s'""".formatted(key));

        GATES.sql("update project_key set active = false where project_id = " + tenant.projectId());

        GATES.awaitVerdict(PATIENCE, tenant, key, "inactive");
    }

    @Test
    void leastRecentlyUsedKeysAreDroppedAndFoundAgain() {
        for (int i = 0; i < 40; i++) {
            String other = tenant.newKey("{}");
            GATES.awaitVerdict(PATIENCE, tenant, other, "200");
        }

        assertThat(GATES.second().metric("countersign_gate_known_keys")).isEqualTo("20.0");
        GATES.awaitVerdict(PATIENCE, tenant, key, "200");
        Api.operator().put(tenant.key(key), "{\"isActive\":false}").then().statusCode(200);
        GATES.awaitVerdict(PATIENCE, tenant, key, "inactive");
    }

    @Test
    void keyInMemoryCostsNoStatement() {
        assertNoLookUp(() -> {
            for (int i = 0; i < 50; i++) {
                GATES.awaitVerdict(PATIENCE, tenant, key, "200");
            }
        });
    }

    @Test
    void malformedKeyIsNotLookedUp() {
        assertNoLookUp(() -> {
            // Others each time, since the gate remembers for a while what it has looked up.
            String fresh = UUID.randomUUID().toString().replace("-", "").substring(1);
            for (String malformed : new String[] {"x" + fresh.charAt(0), fresh + "00", "A" + fresh, "g" + fresh}) {
                Answer answer = GATES.ask(tenant.projectId(), malformed);
                assertThat(answer.status()).isNotEqualTo(200);
            }
        });
    }

    /** The gate also reads keys by itself, such as this one, whose creation may be announced late; but not each time. */
    private static void assertNoLookUp(Runnable questions) {
        assertThat(Poll.until(() -> lookUps(questions), List::isEmpty)).isEmpty();
    }

    private static List<String> lookUps(Runnable questions) {
        GATES.proxy().takeExecuted();
        questions.run();
        return GATES.proxy().takeExecuted().stream()
                .filter(sql -> sql.contains("any($1)"))
                .toList();
    }
}
