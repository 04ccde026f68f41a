package dev.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Requests of terraform-provider-sentry. A read returns what an apply sent, so that the next plan is empty. The provider has
 * many resources, so the class is long.
 */
@QuarkusTest
class TerraformTest extends WithTenant {

    private static final String AGENT = "Terraform/1.9.0 (+https://www.terraform.io) terraform-provider-sentry/0.14.5";

    private SentryClient client;

    @BeforeEach
    void createClient() {
        client = SentryClient.of(tenant, AGENT);
    }

    @Test
    void healthCheckRefusesBadTokens() {
        client.get("internal/health/", 200);
        new SentryClient(Api.bearer("bad"), Map.of("User-Agent", AGENT), Map.of()).get("internal/health/", 401);
    }

    @Test
    void keyIsCreatedReadUpdatedAndDeleted() {
        String body = """
                        {"name":"Terraform","rateLimit":{"window":86400,"count":1000},"browserSdkVersion":"7.x",
                        "dynamicSdkLoaderOptions":{"hasReplay":false,"hasPerformance":false,"hasDebug":true}}""";
        JsonPath made = client.post(tenant.keys(), body, 201).jsonPath();
        String path = tenant.key(made.getString("id"));
        JsonPath read = client.get(path, 200).jsonPath();

        assertThat(made.getString("name")).isEqualTo("Terraform");
        assertThat(made.<String, Integer>getMap("rateLimit")).isEqualTo(Map.of("window", 86400, "count", 1000));
        assertThat(made.getString("browserSdkVersion")).isEqualTo("7.x");
        assertThat(made.<String, Boolean>getMap("dynamicSdkLoaderOptions"))
                .containsEntry("hasReplay", false)
                .containsEntry("hasPerformance", false)
                .containsEntry("hasDebug", true);
        assertThat(made.<Object>get("projectId")).isInstanceOf(Integer.class);
        assertThat(made.<Object>get("secret")).isInstanceOf(String.class);
        assertThat(made.<String, String>getMap("dsn")).containsKeys("public", "secret", "csp");
        assertThat(made.getString("dateCreated")).endsWith("Z");
        assertThat(read.getMap("")).as("the plan after the apply").isEqualTo(made.getMap(""));

        JsonPath changed = client.put(path, """
                {"name":"Renamed","rateLimit":{"window":0,"count":0}}""", 200).jsonPath();
        assertThat(changed.getMap("rateLimit")).isNull();
        assertThat(changed.getString("browserSdkVersion")).isEqualTo("7.x");
        assertThat(changed.getMap("dsn")).as("the DSN stays").isEqualTo(made.getMap("dsn"));
        client.delete(path, 204);
        client.get(path, 404);
        client.put(path, """
                {"name":"x"}""", 404);
        client.delete(path, 404);
    }

    /** The provider keeps none of the members that change. */
    @Test
    void planStaysEmptyWhileTheKeyIsRotatedAndExpires() {
        JsonPath made = client.post(tenant.keys(), """
                {"name":"Terraform","rateLimit":{"window":60,"count":5}}""", 201).jsonPath();
        String id = made.getString("id");

        tenant.rotate(id, """
                {"overlap":"0s"}""").then().statusCode(201);

        Map<String, Object> read =
                new HashMap<>(client.get(tenant.key(id), 200).jsonPath().getMap(""));
        assertThat(read.remove("dateExpires")).isNotNull();
        assertThat(read.remove("replacedBy")).isNotNull();
        assertThat(read.put("isActive", true)).isEqualTo(false);
        assertThat(read).isEqualTo(made.getMap(""));
        assertThat(client.put(tenant.key(id), """
                {"name":"Terraform","rateLimit":{"window":60,"count":6}}""", 200).jsonPath().getInt("rateLimit.count"))
                .isEqualTo(6);
    }

    @Test
    void keyWithoutSettingsHasTheDefaults() {
        JsonPath made = client.post(tenant.keys(), """
                {"name":"x","rateLimit":{"window":0,"count":0}}""", 201).jsonPath();

        assertThat(made.getMap("rateLimit")).isNull();
        assertThat(made.getString("browserSdkVersion")).isNotEmpty();
        assertThat(made.<String, Boolean>getMap("dynamicSdkLoaderOptions"))
                .containsEntry("hasReplay", true)
                .containsEntry("hasPerformance", true)
                .containsEntry("hasDebug", false);
    }

    /** Earlier versions always send a rate limit: two zeros where the configuration has none. */
    @Test
    void keyOfAVersionThatSendsZerosHasNoLimitUnderADefault() {
        storeDefaultRateLimit();

        JsonPath made = client.post(tenant.keys(), """
                {"name":"x","rateLimit":{"window":0,"count":0}}""", 201).jsonPath();

        assertThat(made.getMap("rateLimit")).isNull();
        assertThat(client.get(tenant.key(made.getString("id")), 200).jsonPath().getMap(""))
                .as("the plan after the apply")
                .isEqualTo(made.getMap(""));
    }

    /** Later versions leave the rate limit out, take the limit of the answer into their state, and do not send it again. */
    @Test
    void keyOfAVersionThatSendsNoLimitKeepsTheDefaultThatItsStateHas() {
        storeDefaultRateLimit();

        JsonPath made = client.post(tenant.keys(), """
                {"name":"x"}""", 201).jsonPath();
        String path = tenant.key(made.getString("id"));
        client.put(tenant.path("projects/{o}/{p}/"), """
                {"defaultRateLimit":null}""", 200);

        assertThat(made.<String, Integer>getMap("rateLimit")).isEqualTo(Map.of("window", 60, "count", 1000));
        assertThat(client.get(path, 200).jsonPath().getMap(""))
                .as("the plan after the apply")
                .isEqualTo(made.getMap(""));
        assertThat(client.put(path, """
                {"name":"Renamed"}""", 200).jsonPath().getMap("rateLimit")).isEqualTo(made.getMap("rateLimit"));
    }

    /** What a configuration with a rate limit sends wins, and so does its removal. */
    @Test
    void keyWithALimitOfItsOwnIsReadBackUnderADefault() {
        storeDefaultRateLimit();

        JsonPath made = client.post(tenant.keys(), """
                {"name":"x","rateLimit":{"window":5,"count":6}}""", 201).jsonPath();
        String path = tenant.key(made.getString("id"));

        assertThat(made.<String, Integer>getMap("rateLimit")).isEqualTo(Map.of("window", 5, "count", 6));
        assertThat(client.put(path, """
                {"name":"x","rateLimit":{"window":0,"count":0}}""", 200).jsonPath().getMap("rateLimit")).isNull();
        assertThat(client.get(path, 200).jsonPath().getMap("rateLimit")).isNull();
    }

    /** The provider sends whole projects, and knows nothing of the default. */
    @Test
    void appliedProjectKeepsItsDefaultRateLimit() {
        storeDefaultRateLimit();

        client.put(tenant.path("projects/{o}/{p}/"), """
                {"name":"Web","slug":"pump-station","platform":"go","resolveAge":5}""", 200);

        assertThat(client.get(tenant.path("projects/{o}/{p}/"), 200).jsonPath().getInt("defaultRateLimit.count"))
                .isEqualTo(1000);
    }

    @Test
    void keysAreListedByStatus() {
        tenant.newKey("""
                {"name":"Second","isActive":false}""");

        assertThat(client.get(tenant.keys() + "?cursor=", 200).jsonPath().getList("name"))
                .isEqualTo(List.of("Second", "Default"));
        assertThat(client.get(tenant.keys() + "?status=active&cursor=", 200)
                        .jsonPath()
                        .getList("name"))
                .isEqualTo(List.of("Default"));
        assertThat(client.get(tenant.keys() + "?status=inactive&cursor=", 200)
                        .jsonPath()
                        .getList("name"))
                .isEqualTo(List.of("Second"));
    }

    @Test
    void appliedProjectIsReadBack() {
        String owner = tenant.organization();
        JsonPath made =
                client.post("teams/" + owner + "/core/projects/", """
                                {"name":"Web","slug":"web","platform":"javascript","default_rules":true}""", 201).jsonPath();
        assertThat(made.<Object>get("id")).isInstanceOf(String.class);
        assertThat(made.getString("organization.slug")).isEqualTo(owner);
        assertThat(made.getList("teams.slug")).isEqualTo(List.of("core"));
        assertThat(made.<Object>get("features")).isInstanceOf(List.class);
        String settings = """
                {"name":"Web","slug":"web","platform":"javascript","digestsMinDelay":600,"digestsMaxDelay":3600,
                "resolveAge":720,"options":{"filters:blacklisted_ips":"127.0.0.1","filters:releases":"1.*",
                "filters:error_messages":"TypeError*"},"fingerprintingRules":"fp","groupingEnhancements":"ge",
                "allowedDomains":["example.com"],"scrapeJavaScript":false,"securityToken":"token",
                "securityTokenHeader":"X-Token","verifySSL":true,"highlightTags":["environment"]}""";
        JsonPath applied =
                client.put("projects/" + owner + "/web/", settings, 200).jsonPath();
        JsonPath read = client.get("projects/" + owner + "/web/", 200).jsonPath();

        for (JsonPath each : List.of(applied, read)) {
            Map<String, Object> wanted = new JsonPath(settings).getMap("");
            wanted.forEach((name, value) -> {
                if (!name.equals("options")) {
                    assertThat(each.<Object>get(name)).as(name).isEqualTo(value);
                }
            });
            assertThat(each.<String, Object>getMap("options"))
                    .containsAllEntriesOf(new JsonPath(settings).getMap("options"));
        }
        client.delete("projects/" + owner + "/web/", 204);
        client.get("projects/" + owner + "/web/", 404);
    }

    @Test
    void projectWithoutSettingsHasTheDefaults() {
        JsonPath read = client.get(tenant.path("projects/{o}/{p}/"), 200).jsonPath();

        assertThat(read.getInt("digestsMinDelay")).isEqualTo(300);
        assertThat(read.getInt("digestsMaxDelay")).isEqualTo(1800);
        assertThat(read.getInt("resolveAge")).isZero();
        assertThat(read.getList("allowedDomains")).isEqualTo(List.of("*"));
        assertThat(read.getBoolean("scrapeJavaScript")).isTrue();
        assertThat(read.getBoolean("verifySSL")).isFalse();
        for (String name : List.of("blacklisted_ips", "releases", "error_messages")) {
            assertThat(read.<Object>get("options.'filters:" + name + "'"))
                    .as(name)
                    .isInstanceOf(String.class);
        }
    }

    @Test
    void defaultKeyIsDeletedByTheProjectsId() {
        JsonPath keys = client.get(tenant.keys(), 200).jsonPath();
        assertThat(keys.getString("[0].name")).isEqualTo("Default");
        String path = tenant.path("projects/{o}/") + tenant.projectId() + "/keys/";
        client.delete(path + keys.getString("[0].id") + "/", 204);

        assertThat(client.get(tenant.keys(), 200).asString()).isEqualTo("[]");
    }

    @Test
    void teamsOfAProjectAreChanged() {
        String project = tenant.path("projects/{o}/{p}/");
        client.post(tenant.path("organizations/{o}/teams/"), """
                        {"name":"Second","slug":"second"}""", 201);

        assertThat(client.post(project + "teams/second/", "", 201).jsonPath().getList("teams.slug"))
                .isEqualTo(List.of("core", "second"));
        assertThat(client.delete(project + "teams/core/", 200).jsonPath().getList("teams.slug"))
                .isEqualTo(List.of("second"));
    }

    @Test
    void teamIsCreatedUpdatedAndDeleted() {
        JsonPath made =
                client.post(tenant.path("organizations/{o}/teams/"), """
                                {"name":"Tf","slug":"tf"}""", 201).jsonPath();
        String path = tenant.path("teams/{o}/tf/");

        assertThat(made.<Object>get("id")).isInstanceOf(String.class);
        assertThat(made.getString("slug")).isEqualTo("tf");
        for (String flag : List.of("hasAccess", "isPending", "isMember")) {
            assertThat(made.<Object>get(flag)).as(flag).isInstanceOf(Boolean.class);
        }
        assertThat(client.put(path, """
                {"name":"Tf 2","slug":"tf"}""", 200).jsonPath().getString("name")).isEqualTo("Tf 2");
        assertThat(client.get(path, 200).jsonPath().getString("name")).isEqualTo("Tf 2");
        client.delete(path, 204);
        client.get(path, 404);
    }

    @Test
    void organizationIsCreatedUpdatedAndDeleted() {
        SentryClient operator = new SentryClient(Api.operator(), Map.of("User-Agent", AGENT), Map.of());
        JsonPath made = operator.post("organizations/", """
                {"name":"Made by Terraform","agreeTerms":true}""", 201).jsonPath();
        String path = "organizations/" + made.getString("slug") + "/";

        assertThat(made.<Object>get("id")).isInstanceOf(String.class);
        assertThat(operator.get(path, 200).jsonPath().getList("orgRoleList")).isNotEmpty();
        assertThat(operator.get(path, 200).jsonPath().getList("teamRoleList")).isNotEmpty();
        assertThat(operator.put(path, """
                {"name":"Renamed"}""", 200).jsonPath().getString("name")).isEqualTo("Renamed");
        operator.delete(path, 204);
        operator.get(path, 404);
    }

    private void storeDefaultRateLimit() {
        client.put(tenant.path("projects/{o}/{p}/"), """
                {"defaultRateLimit":{"window":60,"count":1000}}""", 200);
    }
}
