package dev.countersign.namedkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client key of a name is removed. */
@QuarkusTest
class RemoveNamedKeyTest extends WithTenant {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyKeyOfTheNameIsRemoved(boolean active) {
        String id = tenant.newKey("""
                {"name":"app","isActive":%s}""".formatted(active));
        tenant.newKey("""
                {"name":"App"}""");

        Response removed = tenant.apiKey("project:admin").delete(tenant.named("app"));

        assertThat(removed.statusCode()).isEqualTo(204);
        assertThat(Api.operator().get(tenant.key(id)).statusCode()).isEqualTo(404);
        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("name")).containsExactly("App", "Default");
    }

    @Test
    void missingKeyIsNotFound() {
        Response missing = Api.operator().delete(tenant.named("app"));

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.asString()).isEqualTo("""
                {"detail":"Client key not found"}""");
    }

    @Test
    void ofSeveralKeysNoneIsRemoved() {
        String inactive = tenant.newKey("""
                {"name":"app","isActive":false}""");
        String active = tenant.newKey("""
                {"name":"app"}""");

        Response several = Api.operator().delete(tenant.named("app"));

        assertThat(several.statusCode()).isEqualTo(409);
        assertThat(several.jsonPath().getString("detail")).isEqualTo("2 client keys are called app");
        assertThat(several.jsonPath().getList("ids")).containsExactlyInAnyOrder(active, inactive);
        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("id")).hasSize(3);
    }

    @Test
    void removedKeyIsMadeAnewWithOtherKeys() {
        String first = Api.operator().put(tenant.named("app"), "{}").jsonPath().getString("id");
        Api.operator().delete(tenant.named("app")).then().statusCode(204);

        Response again = Api.operator().put(tenant.named("app"), "{}");

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.jsonPath().getString("id")).isNotEqualTo(first);
    }
}
