package dev.countersign.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithReplicas;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The number of statements of a request, counted on the wire. Its credential and its project are in memory. */
@WithReplicas
class StatementsIT {

    private static final int PATIENCE = 500;

    private final Replicas.Pair replicas;
    private Tenant tenant;
    private String token;
    private String key;

    StatementsIT(Replicas.Pair replicas) {
        this.replicas = replicas;
    }

    @BeforeEach
    void createTenant() throws Exception {
        tenant = replicas.newTenant();
        token = tenant.newApiKey("project:admin", "org:read");
        key = tenant.key(tenant.newKey("{}"));
        int asked = 0;
        while (statements("GET", tenant.keys(), "", 200).size() > 1) {
            assertThat(asked++).as("requests until all is kept").isLessThan(PATIENCE);
        }
    }

    @Test
    void createIsOneInsert() throws Exception {
        assertThat(statements("POST", tenant.keys(), """
                {"name":"Fabulous Key"}""", 201))
                .singleElement()
                .asString()
                .startsWith("insert into project_key ");
    }

    @Test
    void createUnderADefaultRateLimitIsOneInsert() throws Exception {
        Api.operator().put(tenant.path("organizations/{o}/"), """
                        {"defaultRateLimit":{"window":60,"count":5}}""").then().statusCode(200);
        int asked = 0;
        while (replicas.second().send(token, "POST", tenant.keys(), "{}").body().contains("\"rateLimit\":null")) {
            assertThat(asked++).as("requests until the default is known").isLessThan(PATIENCE);
        }

        assertThat(statements("POST", tenant.keys(), "{}", 201))
                .singleElement()
                .asString()
                .startsWith("insert into project_key ");
    }

    @Test
    void keysWithoutARateLimitAreOneSelect() throws Exception {
        assertThat(statements("GET", tenant.keys() + "?rateLimit=none", "", 200))
                .singleElement()
                .asString()
                .contains("from project_key ");
    }

    @Test
    void retrieveIsOneSelect() throws Exception {
        assertThat(statements("GET", key, "", 200)).singleElement().asString().contains("from project_key ");
    }

    /** The page shows the project with its organization and its teams. */
    @Test
    void projectOfADsnIsOneSelect() throws Exception {
        String query = "?query=dsn:" + key.split("/")[4];

        assertThat(statements("GET", "projects/" + query, "", 200))
                .singleElement()
                .asString()
                .contains("from project_key ", "from organization ", "from project_team ");
        assertThat(statements("GET", tenant.path("organizations/{o}/projects/") + query, "", 200))
                .satisfiesExactly(
                        organization -> assertThat(organization).contains("from organization "),
                        project -> assertThat(project).contains("from project_key ", "from project_team "));
    }

    @Test
    void listIsOneSelect() throws Exception {
        assertThat(statements("GET", tenant.keys(), "", 200))
                .singleElement()
                .asString()
                .contains("from project_key ");
    }

    @Test
    void updateIsOneUpdate() throws Exception {
        assertThat(statements("PUT", key, """
                {"name":"Other"}""", 200))
                .singleElement()
                .asString()
                .startsWith("update project_key set label = ");
    }

    @Test
    void updateWithoutAChangeIsOneUpdateAndOneSelect() throws Exception {
        String body = replicas.second().send(token, "GET", key, "").body();

        assertThat(statements("PUT", key, body, 200))
                .satisfiesExactly(
                        update -> assertThat(update).startsWith("update project_key "),
                        select -> assertThat(select).startsWith("select "));
        assertThat(statements("PUT", key, "{}", 200)).singleElement().asString().startsWith("select ");
    }

    @Test
    void switchingOffIsOneUpdate() throws Exception {
        assertThat(statements("PUT", key, """
                {"isActive":false}""", 200))
                .singleElement()
                .asString()
                .startsWith("update project_key set active = ");
    }

    /** Only the database knows its time. */
    @Test
    void endIsComparedWithTheTimeOfTheDatabase() throws Exception {
        String body = """
                {"dateExpires":"2080-01-01T00:00:00Z"}""";

        assertThat(statements("POST", tenant.keys(), body, 201))
                .satisfiesExactly(
                        time -> assertThat(time).isEqualTo("select statement_timestamp()"),
                        insert -> assertThat(insert).startsWith("insert into project_key "));
        assertThat(statements("PUT", key, body, 200))
                .satisfiesExactly(
                        select -> assertThat(select).contains("from project_key "),
                        time -> assertThat(time).isEqualTo("select statement_timestamp()"),
                        update -> assertThat(update).startsWith("update project_key "));
        assertThat(statements("PUT", key, body, 200)).singleElement().asString().startsWith("select ");
    }

    @Test
    void rotationIsOneSelectAndOneStatement() throws Exception {
        assertThat(statements("POST", tenant.rotation(key.split("/")[4]), "{}", 201))
                .satisfiesExactly(
                        select -> assertThat(select).contains("from project_key "),
                        rotate -> assertThat(rotate).startsWith("with rotation as "));
    }

    @Test
    void refusedUpdateIsOneSelect() throws Exception {
        assertThat(statements("PUT", key, """
                {"isActive":5}""", 400)).singleElement().asString().startsWith("select ");
    }

    @Test
    void updateOfAnOrganizationIsOneUpdateAndItsTwoLists() throws Exception {
        token = tenant.newApiKey("org:admin");
        String organization = tenant.path("organizations/{o}/");
        statements("GET", organization, "", 200);

        assertThat(statements("PUT", organization, """
                {"name":"Other"}""", 200))
                .filteredOn(statement -> !statement.contains("from api_key "))
                .hasSize(3)
                .satisfies(statements -> assertThat(statements.get(0)).startsWith("update organization "))
                .filteredOn(statement -> !statement.startsWith("select "))
                .hasSize(1);
    }

    /** A project is locked first, because the service merges its settings. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    organization | {"name":"Other"}
                    team | {"name":"Other"}
                    project | {"platform":"go","resolveAge":5}
                    project_key | {"name":"Other","rateLimit":{"window":60,"count":5}}
                    api_key | {"label":"Other","status":"disabled"}
                    """)
    void updateOfEveryKindIsOneUpdate(String table, String body) throws Exception {
        token = tenant.newApiKey("org:admin", "team:admin", "project:admin");
        List<String> statements = statements("PUT", path(table), body, 200);

        assertThat(statements)
                .filteredOn(statement -> statement.startsWith("update "))
                .singleElement()
                .asString()
                .startsWith("update " + table + " ");
        assertThat(statements)
                .filteredOn(statement -> statement.contains(" for no key update"))
                .hasSize(table.equals("project") ? 1 : 0);
    }

    @Test
    void findingANamedKeyIsOneSelect() throws Exception {
        String path = tenant.named("Default");

        assertThat(statements("GET", path, "", 200)).singleElement().asString().contains("from project_key ");
        assertThat(statements("GET", path + "env/", "", 200))
                .singleElement()
                .asString()
                .contains("from project_key ");
        assertThat(statements("GET", tenant.named("nope"), "", 404)).hasSize(1);
    }

    @Test
    void findingAReferenceIsOneSelect() throws Exception {
        statements("GET", tenant.environment(tenant.project()), "", 200);

        assertThat(statements("GET", tenant.environment(tenant.project()), "", 200))
                .hasSize(1);
        assertThat(statements("GET", tenant.environment(tenant.project() + "/Default"), "", 200))
                .singleElement()
                .asString()
                .contains("from project_key ");
    }

    /** As two hundred secrets that are refreshed every five seconds ask for. */
    @Test
    void puttingANamedKeyAsItIsIsOneSelect() throws Exception {
        String path = tenant.named("app");
        String body = """
                {"rateLimit":{"window":60,"count":5}}""";
        String made = replicas.second().send(token, "PUT", path, body).body();

        for (String same : new String[] {body, "{}", "", made}) {
            assertThat(statements("PUT", path, same, 200))
                    .singleElement()
                    .asString()
                    .startsWith("select ");
        }
    }

    @Test
    void changingANamedKeyIsOneSelectAndOneUpdate() throws Exception {
        assertThat(statements("PUT", tenant.named("Default"), """
                {"browserSdkVersion":"9.x"}""", 200))
                .satisfiesExactly(select -> assertThat(select).startsWith("select "), update -> assertThat(update)
                        .startsWith("update project_key "));
    }

    @Test
    void makingANamedKeyTakesALockAndReadsAgain() throws Exception {
        assertThat(statements("PUT", tenant.named("app"), "{}", 201))
                .satisfiesExactly(
                        select -> assertThat(select).contains("from project_key "),
                        begin -> assertThat(begin).isEqualToIgnoringCase("begin"),
                        lock -> assertThat(lock).contains("pg_advisory_xact_lock"),
                        again -> assertThat(again).contains("from project_key "),
                        insert -> assertThat(insert).startsWith("insert into project_key "),
                        commit -> assertThat(commit).isEqualToIgnoringCase("commit"));
    }

    @Test
    void removingANamedKeyIsOneSelectAndOneDelete() throws Exception {
        assertThat(statements("DELETE", tenant.named("Default"), "", 204))
                .satisfiesExactly(select -> assertThat(select).startsWith("select "), delete -> assertThat(delete)
                        .contains("delete from project_key "));
    }

    @Test
    void deleteIsOneStatement() throws Exception {
        assertThat(statements("DELETE", key, "", 204))
                .singleElement()
                .asString()
                .contains("delete from project_key ");
    }

    /** The two lists are the teams, and the projects with their teams. */
    @Test
    void detailsOfAnOrganizationReadTheirTwoLists() throws Exception {
        String details = tenant.path("organizations/{o}/");

        assertThat(statements("GET", details + "?detailed=0", "", 200)).hasSize(1);
        assertThat(statements("GET", details, "", 200)).hasSize(3);
    }

    /** The stored names of the projects on the page are read only where they make a difference. */
    @Test
    void keysOfAnOrganizationReadTheIngestHostsOfTheirProjectsUnlessTheRequestNamesOne() throws Exception {
        String keys = "organizations/" + tenant.organization() + "/project-keys/";

        assertThat(statements("GET", keys + "?ingest=eu-west", "", 200)).hasSize(2);
        assertThat(statements("GET", keys, "", 200)).hasSize(3);
    }

    @Test
    void unknownCredentialIsOneSelect() throws Exception {
        token = "cs_" + "x".repeat(43);

        assertThat(statements("GET", tenant.keys(), "", 401))
                .singleElement()
                .asString()
                .contains("from api_key ");
    }

    @Test
    void malformedCredentialIsNoStatement() throws Exception {
        token = "cs_nobody";

        assertThat(statements("GET", tenant.keys(), "", 401)).isEmpty();
    }

    private String path(String table) {
        String organization = tenant.organization();
        String apiKeys = "organizations/" + organization + "/api-keys/";
        return switch (table) {
            case "organization" -> "organizations/" + organization + "/";
            case "team" -> "teams/" + organization + "/" + tenant.team() + "/";
            case "project" -> "projects/" + organization + "/" + tenant.project() + "/";
            case "project_key" -> key;
            default -> {
                tenant.newApiKey("project:read");
                yield apiKeys + Api.operator().get(apiKeys).jsonPath().getString("[0].id") + "/";
            }
        };
    }

    /** The statements of one request to the replica behind the proxy. */
    private List<String> statements(String method, String path, String json, int status) throws Exception {
        replicas.proxy().takeExecuted();
        HttpResponse<String> answer = replicas.second().send(token, method, path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return replicas.proxy().takeExecuted();
    }
}
