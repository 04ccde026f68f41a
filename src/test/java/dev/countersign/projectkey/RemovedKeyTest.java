package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A public key that was removed stays with its organization. */
@QuarkusTest
class RemovedKeyTest extends WithTenant {

    private static final String CONFLICT = """
            {"detail":"A client key with this public key already exists."}""";

    private final String key = UUID.randomUUID().toString().replace("-", "");
    private Tenant other;

    @BeforeEach
    void createOtherTenant() {
        other = Tenant.create();
    }

    @ParameterizedTest
    @ValueSource(strings = {"projects/{o}/{p}/keys/{key}/", "projects/{o}/{p}/"})
    void keyThatAnotherOrganizationRemovedIsAConflict(String removed) {
        tenant.newKey(body());
        remove(removed);

        Response response = Api.operator().post(other.keys(), body());

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.asString()).isEqualTo(CONFLICT);
    }

    @Test
    void repeatableCreateIsAConflictToo() {
        tenant.newKey(body());
        remove("projects/{o}/{p}/keys/{key}/");

        Response response = Api.operator()
                .request()
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body())
                .post(Api.url(other.keys()));

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.asString()).isEqualTo(CONFLICT);
    }

    @Test
    void organizationMayBringItsOwnRemovedKey() {
        tenant.newKey(body());
        remove("projects/{o}/{p}/keys/{key}/");

        assertThat(tenant.newKey(body())).isEqualTo(key);

        remove("projects/{o}/{p}/keys/{key}/");
        assertThat(Api.operator().post(other.keys(), body()).statusCode()).isEqualTo(409);
    }

    @Test
    void removedKeysAreForgottenWithTheirOrganization() {
        tenant.newKey(body());
        remove("projects/{o}/{p}/keys/{key}/");
        remove("organizations/{o}/");

        assertThat(other.newKey(body())).isEqualTo(key);
    }

    @Test
    void keysOfARemovedOrganizationAreFree() {
        tenant.newKey(body());
        remove("organizations/{o}/");

        assertThat(other.newKey(body())).isEqualTo(key);
    }

    private String body() {
        return """
                {"public":"%s"}""".formatted(key);
    }

    private void remove(String path) {
        assertThat(Api.operator()
                        .delete(tenant.path(path).replace("{key}", key))
                        .statusCode())
                .isEqualTo(204);
    }
}
