package dev.countersign.ratelimit;

import static dev.countersign.ratelimit.Limits.NONE;
import static dev.countersign.ratelimit.Limits.OF_ORGANIZATION;
import static dev.countersign.ratelimit.Limits.OF_PROJECT;
import static dev.countersign.ratelimit.Limits.store;
import static dev.countersign.ratelimit.Limits.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The default rate limit of an organization or a project: who stores it, and who sees it. */
@QuarkusTest
class DefaultRateLimitTest extends WithTenant {

    @ParameterizedTest
    @ValueSource(strings = {"organizations/{o}/", "projects/{o}/{p}/"})
    void defaultIsShownWhereOneIsSet(String owner) {
        String path = tenant.path(owner);
        assertThat(Api.operator().get(path).jsonPath().getMap("")).doesNotContainKey("defaultRateLimit");

        assertThat(store(path, OF_PROJECT)).isEqualTo(OF_PROJECT);
        assertThat(stored(path)).isEqualTo(OF_PROJECT);
        assertThat(store(path, NONE)).isEqualTo(NONE);
        assertThat(stored(path)).isEqualTo(NONE);
        assertThat(store(path, "null")).isNull();
        assertThat(stored(path)).isNull();
    }

    @Test
    void defaultIsShownInListsAndInTheOrganizationOfAProject() {
        store(organization(), OF_ORGANIZATION);
        store(project(), OF_PROJECT);

        JsonPath details = Api.operator().get(project()).jsonPath();
        assertThat(details.getInt("organization.defaultRateLimit.count")).isEqualTo(1000);
        assertThat(Api.operator()
                        .get(tenant.path("organizations/{o}/projects/"))
                        .jsonPath()
                        .getInt("[0].defaultRateLimit.count"))
                .isEqualTo(7);
        assertThat(Api.operator()
                        .get("organizations/?query=slug:" + tenant.organization())
                        .jsonPath()
                        .getInt("[0].defaultRateLimit.count"))
                .isEqualTo(1000);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"window":0,"count":5}          | {"window":0,"count":0}
            {"window":60,"count":0}         | {"window":0,"count":0}
            {"window":null,"count":null}    | {"window":0,"count":0}
            {"window":"60","count":"5"}     | {"window":60,"count":5}
            {"window":86400,"count":2147483647} | {"window":86400,"count":2147483647}
            {}                              | {"window":3600,"count":7}
            """)
    void defaultIsReadAsTheRateLimitOfAKey(String sent, String shown) {
        for (String path : List.of(organization(), project())) {
            store(path, OF_PROJECT);

            assertThat(store(path, sent)).isEqualTo(shown);
            assertThat(stored(path)).isEqualTo(shown);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "5",
                "\"60\"",
                "[]",
                "true",
                "{\"window\":60}",
                "{\"count\":5}",
                "{\"window\":86401,\"count\":5}",
                "{\"window\":-1,\"count\":5}",
                "{\"window\":60,\"count\":2147483648}",
                "{\"window\":1.5,\"count\":5}",
                "{\"window\":\"x\",\"count\":[]}"
            })
    void wrongDefaultIsRefusedAsTheRateLimitOfAKey(String value) {
        Object messages = Api.operator()
                .post(tenant.keys(), "{\"rateLimit\":" + value + "}")
                .jsonPath()
                .get("rateLimit");
        store(organization(), OF_ORGANIZATION);
        store(project(), OF_PROJECT);

        for (String path : List.of(organization(), project())) {
            String before = Api.operator().get(path).asString();
            Response response = Api.operator().put(path, """
                    {"name":"Changed","defaultRateLimit":%s}""".formatted(value));

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.jsonPath().getMap("")).isEqualTo(Map.of("defaultRateLimit", messages));
            assertThat(Api.operator().get(path).asString()).isEqualTo(before);
        }
    }

    @Test
    void defaultIsReadFromAForm() {
        for (String path : List.of(organization(), project())) {
            Response response = Api.operator()
                    .request()
                    .contentType("application/x-www-form-urlencoded")
                    .body("defaultRateLimit.window=3600&defaultRateLimit.count=7")
                    .put(Api.url(path));

            assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
            assertThat(stored(path)).isEqualTo(OF_PROJECT);
        }
    }

    @Test
    void defaultIsStoredByWhoMayWrite() {
        String body = """
                {"defaultRateLimit":%s}""".formatted(OF_PROJECT);

        for (String scope : List.of("project:read", "org:read", "team:admin")) {
            assertThat(tenant.apiKey(scope).put(project(), body).statusCode())
                    .as(scope)
                    .isEqualTo(403);
            assertThat(tenant.apiKey(scope).put(organization(), body).statusCode())
                    .as(scope)
                    .isEqualTo(403);
        }
        assertThat(tenant.apiKey("project:admin").put(organization(), body).statusCode())
                .isEqualTo(403);
        assertThat(tenant.apiKey("project:write").put(project(), body).statusCode())
                .isEqualTo(200);
        assertThat(tenant.apiKey("org:write").put(organization(), body).statusCode())
                .isEqualTo(200);
    }

    @Test
    void sameDefaultLeavesNoEntry() {
        for (String limit : List.of(OF_PROJECT, NONE)) {
            store(organization(), limit);
            store(project(), limit);
            int entries = entries().size();

            for (String path : List.of(organization(), project())) {
                assertThat(Api.operator()
                                .put(path, "{\"defaultRateLimit\":" + limit + "}")
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(entries()).hasSize(entries);
        }
    }

    @Test
    void everyChangeOfADefaultIsInTheAuditLog() {
        store(organization(), OF_ORGANIZATION);
        store(project(), NONE);
        store(project(), "null");
        tenant.newKey("{}");

        JsonPath log = Api.operator()
                .get(tenant.path("organizations/{o}/audit-logs/"))
                .jsonPath()
                .setRootPath("rows");
        assertThat(log.getList("[0..3].event"))
                .isEqualTo(List.of("projectkey.create", "project.edit", "project.edit", "org.edit"));
        assertThat(log.getInt("[0].data.after.rate_limit_count")).isEqualTo(1000);
        assertThat(log.getMap("[1].data.before"))
                .isEqualTo(Map.of("default_rate_limit_window", 0, "default_rate_limit_count", 0));
        assertThat(log.getMap("[3].data.after"))
                .isEqualTo(Map.of("default_rate_limit_window", 60, "default_rate_limit_count", 1000));
    }

    private List<Object> entries() {
        return Api.operator()
                .get(tenant.path("organizations/{o}/audit-logs/"))
                .jsonPath()
                .getList("rows");
    }

    private String project() {
        return tenant.path("projects/{o}/{p}/");
    }

    private String organization() {
        return tenant.path("organizations/{o}/");
    }
}
