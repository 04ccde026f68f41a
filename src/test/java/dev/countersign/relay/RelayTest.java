package dev.countersign.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The life of a relay: it registers, fetches configs, and learns of each change. */
@QuarkusTest
class RelayTest extends WithTenant {

    private static final TestRelay RELAY = TestRelay.TRUSTED;
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void trustedRelayRegisters() {
        Response challenge = RELAY.post("register/challenge/", """
                {"relay_id":"%s","public_key":"%s","version":"26.10.0"}""".formatted(RELAY.id(), RELAY.publicKey()));
        String token = challenge.jsonPath().getString("token");

        Response registered = RELAY.post("register/response/", answer(token));

        assertThat(challenge.asString()).isEqualTo("""
                {"relay_id":"%s","token":"%s"}""".formatted(RELAY.id(), token));
        assertThat(registered.statusCode()).as(registered.asString()).isEqualTo(200);
        assertThat(registered.asString()).isEqualTo("""
                {"relay_id":"%s"}""".formatted(RELAY.id()));
    }

    @Test
    void tokenMayBeAnsweredTwice() {
        String body = answer(RELAY.post("register/challenge/", """
                        {"relay_id":"%s","public_key":"%s"}""".formatted(RELAY.id(), RELAY.publicKey()))
                .jsonPath()
                .getString("token"));

        assertThat(RELAY.post("register/response/", body).statusCode()).isEqualTo(200);
        assertThat(RELAY.post("register/response/", body).statusCode()).isEqualTo(200);
    }

    @Test
    void liveNeedsNoSignature() {
        assertThat(Api.anonymous().get("relays/live/").asString()).isEqualTo("""
                {"is_healthy":true}""");
    }

    @Test
    void activeKeyHasTheConfigOfItsProject() {
        String key = tenant.newKey("{}");

        Response response = RELAY.configs(key);
        JsonNode config = config(response, key);
        String time = config.path("lastFetch").asText();

        assertThat(time).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(config.path("rev").asText()).matches("[0-9a-f]{32}");
        assertThat(response.asString()).isEqualTo("""
                {"configs":{"%1$s":{"disabled":false,"slug":"pump-station","lastFetch":"%2$s","lastChange":"%2$s","rev":"%3$s",\
                "publicKeys":[{"publicKey":"%1$s","numericId":%4$d,"isEnabled":true}],\
                "config":{"allowedDomains":["*"],"trustedRelays":[],"datascrubbingSettings":{"excludeFields":[],\
                "scrubData":true,"scrubDefaults":true,"sensitiveFields":[]}},\
                "organizationId":%5$d,"projectId":%6$d}},"pending":[]}""".formatted(
                        key,
                        time,
                        config.path("rev").asText(),
                        config.at("/publicKeys/0/numericId").asLong(),
                        organizationId(),
                        tenant.projectId()));
    }

    @Test
    void versionTwoHasConfigsOnly() {
        String key = tenant.newKey("{}");
        String revision = revision(key);

        Response response = RELAY.post("projectconfigs/?version=2", """
                {"publicKeys":["%s"],"revisions":["%s"],"global":true}""".formatted(key, revision));

        assertThat(response.jsonPath().getMap("")).containsOnlyKeys("configs");
        assertThat(config(response, key).path("rev").asText()).isEqualTo(revision);
    }

    @Test
    void noCacheHasConfigsOnly() {
        String key = tenant.newKey("{}");

        Response response = RELAY.post("projectconfigs/?version=3", """
                {"publicKeys":["%s"],"revisions":["%s"],"noCache":true}""".formatted(key, revision(key)));

        assertThat(response.jsonPath().getMap("")).containsOnlyKeys("configs");
        assertThat(config(response, key).path("disabled").asBoolean()).isFalse();
    }

    @Test
    void globalConfigIsAnswered() {
        Response response = RELAY.post("projectconfigs/?version=3", """
                {"global":true,"publicKeys":[]}""");

        assertThat(response.asString()).isEqualTo("""
                {"global":{},"global_status":"ready","configs":{},"pending":[]}""");
    }

    @Test
    void keyWithTheCurrentRevisionIsUnchanged() {
        String known = tenant.newKey("{}");
        String fresh = tenant.newKey("{}");

        Response response = RELAY.post("projectconfigs/?version=3", """
                {"publicKeys":["%s","%s"],"revisions":["%s",null],"fullConfig":true,"noCache":false}""".formatted(known, fresh, revision(known)));

        assertThat(response.jsonPath().getList("unchanged")).containsExactly(known);
        assertThat(response.jsonPath().getMap("configs")).containsOnlyKeys(fresh);
    }

    @Test
    void revisionsOfAnotherNumberThanTheKeysDoNotCount() {
        String key = tenant.newKey("{}");

        Response response = RELAY.post("projectconfigs/?version=3", """
                {"publicKeys":["%1$s"],"revisions":["%2$s","%2$s"]}""".formatted(key, revision(key)));

        assertThat(response.jsonPath().getMap("configs")).containsOnlyKeys(key);
    }

    @Test
    void switchedOffKeyIsDisabledAndItsRevisionComesBack() {
        String key = tenant.newKey("{}");
        String revision = revision(key);

        change(key, """
                {"isActive":false}""");
        assertThat(changed(key, revision).toString()).isEqualTo("""
                {"disabled":true}""");

        change(key, """
                {"isActive":true}""");
        assertThat(Poll.until(() -> revision(key), revision::equals)).isEqualTo(revision);
    }

    @Test
    void rateLimitIsAQuota() {
        String key = tenant.newKey("{}");
        String revision = revision(key);

        change(key, """
                {"rateLimit":{"window":60,"count":10}}""");
        JsonNode limited = changed(key, revision);
        assertThat(limited.at("/config/quotas").toString())
                .isEqualTo("""
                [{"id":"k","scope":"key","scopeId":"%d","categories":["default","error","security"],"limit":10,"window":60,\
                "reasonCode":"key_quota"}]""".formatted(limited.at("/publicKeys/0/numericId").asLong()));

        change(key, """
                {"rateLimit":{"window":60,"count":11}}""");
        JsonNode other = changed(key, limited.path("rev").asText());
        assertThat(other.at("/config/quotas/0/limit").asInt()).isEqualTo(11);
        assertThat(other.path("rev")).isNotEqualTo(limited.path("rev"));

        change(key, """
                {"rateLimit":null}""");
        assertThat(changed(key, other.path("rev").asText()).path("rev").asText())
                .isEqualTo(revision);
    }

    @Test
    void limitOfZeroIsNoQuota() {
        String key = tenant.newKey("""
                {"rateLimit":{"window":0,"count":0}}""");

        assertThat(config(RELAY.configs(key), key).path("config").has("quotas")).isFalse();
    }

    @Test
    void settingsOfTheProjectChangeTheRevision() {
        String key = tenant.newKey("{}");
        String revision = revision(key);

        Api.operator().put(tenant.path("projects/{o}/{p}/"), """
                        {"allowedDomains":["https://app.example.com","*.example.org"],"dataScrubber":false,
                        "dataScrubberDefaults":true,"scrubIPAddresses":true,"sensitiveFields":["pin"],"safeFields":["größe"]}""").then().statusCode(200);

        assertThat(changed(key, revision).path("config").toString()).isEqualTo("""
                {"allowedDomains":["https://app.example.com","*.example.org"],"trustedRelays":[],"datascrubbingSettings":\
                {"excludeFields":["größe"],"scrubDefaults":true,"scrubIpAddresses":true,"sensitiveFields":["pin"]}}""");
    }

    @Test
    void projectWithoutAllowedDomainsAllowsNoPage() {
        String key = tenant.newKey("{}");
        String revision = revision(key);

        Api.operator().put(tenant.path("projects/{o}/{p}/"), """
                        {"allowedDomains":[]}""").then().statusCode(200);

        assertThat(changed(key, revision).at("/config/allowedDomains").toString())
                .isEqualTo("[]");
    }

    @Test
    void otherNameOfAKeyChangesNothing() {
        String key = tenant.newKey("{}");
        String revision = revision(key);

        change(key, """
                {"name":"Other"}""");

        assertThat(revision(key)).isEqualTo(revision);
    }

    @Test
    void renamedProjectHasItsNewSlug() {
        String key = tenant.newKey("{}");
        String revision = revision(key);

        Api.operator().put(tenant.path("projects/{o}/{p}/"), """
                {"slug":"other"}""").then().statusCode(200);

        assertThat(changed(key, revision).path("slug").asText()).isEqualTo("other");
    }

    @Test
    void keysThatAreNotThereAreDisabled() {
        String removed = tenant.newKey("{}");
        Api.operator().delete(tenant.key(removed));
        String expired = tenant.newExpiredKey("Ended");
        String unknown = UUID.randomUUID().toString().replace("-", "");

        for (String key :
                new String[] {removed, expired, unknown, unknown.toUpperCase(java.util.Locale.ROOT), "x", ""}) {
            assertThat(config(RELAY.configs(key), key).toString()).as(key).isEqualTo("""
                    {"disabled":true}""");
        }
    }

    @Test
    void projectIdsOfKeysAreAnswered() {
        String active = tenant.newKey("{}");
        String off = tenant.newKey("""
                {"isActive":false}""");

        Response response = RELAY.post("projectids/", """
                {"publicKeys":["%s","%s","%s","X",7,null]}""".formatted(active, off, "0".repeat(32)));

        assertThat(response.jsonPath().getMap("projectIds"))
                .containsOnlyKeys(active, off)
                .containsValue((int) tenant.projectId());
    }

    @Test
    void publicKeysOfRelaysAreAnswered() {
        String unknown = UUID.randomUUID().toString();

        assertThat(RELAY.post("publickeys/", """
                        {"relay_ids":["%s","%s",5]}""".formatted(RELAY.id(), unknown)).asString())
                .isEqualTo("""
                {"public_keys":{"%1$s":"%2$s","%3$s":null},\
                "relays":{"%1$s":{"publicKey":"%2$s","internal":true},"%3$s":null}}""".formatted(RELAY.id(), RELAY.publicKey(), unknown));
    }

    @Test
    void prehashedSignatureIsGood() {
        String body = """
                {"publicKeys":[]}""";
        String header = """
                {"t":"%s","a":"v1"}""".formatted(Instant.now());

        assertThat(RELAY.post("projectids/", body, RELAY.sign(body, header, true))
                        .asString())
                .isEqualTo("""
                {"projectIds":{}}""");
    }

    @Test
    void outcomesAreCounted() {
        String key = tenant.newKey("{}");
        long keyId =
                config(RELAY.configs(key), key).at("/publicKeys/0/numericId").asLong();
        String outcomes = String.join(
                ",",
                outcome(keyId, 1, 1, 5),
                outcome(keyId, 2, 1, 7),
                outcome(keyId, 2, 2, 1),
                outcome(keyId, 3, 3, 2),
                outcome(keyId, 0, 0, 11),
                outcome(keyId, 3, 4, 1_000_000),
                outcome(keyId, 5, 1, 100));

        Response response = RELAY.post("outcomes/", """
                {"outcomes":[%s]}""".formatted(outcomes));

        assertThat(response.asString()).isEqualTo("{}");
        JsonNode stats = read(Api.operator().get(tenant.key(key) + "stats/?resolution=1d"));
        assertThat(sum(stats, "filtered")).isEqualTo(7);
        assertThat(sum(stats, "dropped")).isEqualTo(8);
        assertThat(sum(stats, "accepted")).isEqualTo(11);
        assertThat(Api.operator()
                        .get(tenant.key(key) + "?expand=usage")
                        .jsonPath()
                        .getString("lastSeen"))
                .isNotNull();
    }

    /** Anyone can send events with a key that nobody has; they belong to no organization. */
    @Test
    void outcomesOfUnknownKeysAreOnlyATotal() {
        String key = tenant.newKey("{}");
        long keyId =
                config(RELAY.configs(key), key).at("/publicKeys/0/numericId").asLong();
        double unknown = counted("unknown");
        double rejected = counted("rejected");

        RELAY.post("outcomes/", """
                {"outcomes":[%s,%s]}""".formatted(outcome(keyId, 3, 1, 4), outcome(Long.MAX_VALUE, 3, 1, 5)));

        assertThat(counted("unknown") - unknown).isEqualTo(5);
        assertThat(counted("rejected") - rejected).isEqualTo(4);
    }

    @Test
    void outcomesOfOtherProjectsAndTimesAreNotCounted() {
        String key = tenant.newKey("{}");
        long keyId =
                config(RELAY.configs(key), key).at("/publicKeys/0/numericId").asLong();
        String day = Instant.now().minusSeconds(90_000).toString();

        Response response = RELAY.post("outcomes/", """
                {"outcomes":[
                {"timestamp":"%1$s","project_id":1,"key_id":%2$d,"outcome":2,"category":1,"quantity":1},
                {"timestamp":"%3$s","project_id":%4$d,"key_id":%2$d,"outcome":2,"category":1,"quantity":1},
                {"timestamp":"%1$s","project_id":%4$d,"outcome":2,"category":1,"quantity":1},
                {"project_id":%4$d,"key_id":%2$d,"outcome":2},
                {"timestamp":"%1$s","project_id":"x","key_id":[],"outcome":{}},
                7, null, "x"]}""".formatted(Instant.now(), keyId, day, tenant.projectId()));

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(Api.operator()
                        .get(tenant.key(key) + "?expand=usage")
                        .jsonPath()
                        .getString("lastSeen"))
                .isNull();
    }

    private String outcome(long keyId, int outcome, int category, int quantity) {
        return """
                {"timestamp":"%s","org_id":%d,"project_id":%d,"key_id":%d,"outcome":%d,"reason":"key_quota","source":"edge",\
                "category":%d,"quantity":%d}""".formatted(Instant.now(), organizationId(), tenant.projectId(), keyId, outcome, category, quantity);
    }

    /** The metric of events in reports; zero before the first. */
    private static double counted(String outcome) {
        String sample = "countersign_relay_outcomes_total{outcome=\"" + outcome + "\"} ";
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(sample))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length())))
                .sum();
    }

    private static String answer(String token) {
        return """
                {"relay_id":"%s","token":"%s","version":"26.10.0"}""".formatted(RELAY.id(), token);
    }

    private void change(String key, String json) {
        Api.operator().put(tenant.key(key), json).then().statusCode(200);
    }

    private long organizationId() {
        return Api.operator().get(tenant.path("organizations/{o}/")).jsonPath().getLong("id");
    }

    private static String revision(String key) {
        return config(RELAY.configs(key), key).path("rev").asText();
    }

    /** The config of a key once it has another revision than the relay. */
    private static JsonNode changed(String key, String revision) {
        return config(
                Poll.until(
                        () -> RELAY.post("projectconfigs/?version=3", """
                                {"publicKeys":["%s"],"revisions":["%s"]}""".formatted(key, revision)),
                        response -> response.jsonPath().getMap("configs").containsKey(key)),
                key);
    }

    private static JsonNode config(Response response, String key) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return read(response).path("configs").path(key);
    }

    private static long sum(JsonNode points, String member) {
        long sum = 0;
        for (JsonNode point : points) {
            sum += point.path(member).asLong();
        }
        return sum;
    }

    private static JsonNode read(Response response) {
        try {
            return JSON.readTree(response.asByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
