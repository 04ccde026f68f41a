package dev.countersign.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Tenant;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The default rate limit in the configuration counts where neither project nor organization has one. */
class InstallationDefaultIT {

    @RegisterExtension
    private static final OwnService SERVICE = new OwnService(Map.of(
            "COUNTERSIGN_DEFAULT_RATE_LIMIT_WINDOW", "5m", "COUNTERSIGN_DEFAULT_RATE_LIMIT_COUNT", "2147483647"));

    private static final Map<String, Integer> CONFIGURED = Map.of("window", 300, "count", 2147483647);

    private Tenant tenant;

    @BeforeEach
    void createTenant() {
        RestAssured.port = SERVICE.get().port();
        tenant = Tenant.create();
    }

    @Test
    void everyNewKeyHasTheConfiguredDefault() {
        assertThat(keys().getMap("[0].rateLimit")).as("of the key Default").isEqualTo(CONFIGURED);
        assertThat(create("{}").getMap("rateLimit")).isEqualTo(CONFIGURED);
        assertThat(Api.operator().put(tenant.named("app"), "").jsonPath().getMap("rateLimit"))
                .isEqualTo(CONFIGURED);
        assertThat(create("""
                {"rateLimit":null}""").getMap("rateLimit")).isNull();
    }

    @Test
    void nearerDefaultsCountFirst() {
        store(tenant.path("organizations/{o}/"), """
                {"window":0,"count":0}""");
        assertThat(create("{}").getMap("rateLimit")).isNull();

        store(tenant.path("projects/{o}/{p}/"), """
                {"window":60,"count":5}""");
        assertThat(create("{}").getMap("rateLimit")).isEqualTo(Map.of("window", 60, "count", 5));

        store(tenant.path("organizations/{o}/"), "null");
        store(tenant.path("projects/{o}/{p}/"), "null");
        assertThat(create("{}").getMap("rateLimit")).isEqualTo(CONFIGURED);
    }

    @Test
    void noOrganizationAndNoProjectShowsTheConfiguredDefault() {
        assertThat(Api.operator().get(tenant.path("projects/{o}/{p}/")).asString())
                .doesNotContain("defaultRateLimit");
    }

    private JsonPath keys() {
        return Api.operator().get(tenant.keys()).jsonPath();
    }

    private JsonPath create(String body) {
        Response response = Api.operator().post(tenant.keys(), body);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        return response.jsonPath();
    }

    private static void store(String path, String limit) {
        Api.operator().put(path, "{\"defaultRateLimit\":" + limit + "}").then().statusCode(200);
    }
}
