package dev.countersign.namedkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The client key of a name is found. */
@QuarkusTest
class FindNamedKeyTest extends WithTenant {

    @Test
    void activeKeyIsAnsweredAsByItsId() {
        String id = tenant.newKey("""
                {"name":"app"}""");

        Response found = tenant.apiKey("project:read").get(tenant.named("app"));

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.asString())
                .isEqualTo(tenant.apiKey("project:read").get(tenant.key(id)).asString());
    }

    @Test
    void missingKeyIsNotFound() {
        Response missing = Api.operator().get(tenant.named("app"));

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.asString()).isEqualTo("""
                {"detail":"Client key not found"}""");
    }

    @Test
    void missingProjectIsNotFoundByItsOwnText() {
        Tenant noProject = new Tenant(tenant.organization(), "core", "nope", 0);
        Tenant noOrganization = new Tenant("nope", "core", "nope", 0);

        for (Tenant missing : new Tenant[] {noProject, noOrganization}) {
            for (String method : new String[] {"GET", "PUT", "DELETE"}) {
                Response answer = Api.operator().send(method, missing.named("app"));

                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(answer.asString()).isEqualTo("""
                {"detail":"Project not found"}""");
            }
        }
        assertThat(Api.operator().get(noOrganization.named("app")).header("X-Sentry-Error"))
                .isEqualTo("There is no such organization");
    }

    @Test
    void keyOfAnotherProjectIsNotFound() {
        Tenant other = Tenant.create();
        other.newKey("""
                {"name":"app"}""");

        assertThat(Api.operator().get(tenant.named("app")).statusCode()).isEqualTo(404);
    }

    @Test
    void inactiveKeyIsNotFound() {
        tenant.newKey("""
                {"name":"app","isActive":false}""");

        assertThat(Api.operator().get(tenant.named("app")).statusCode()).isEqualTo(404);
    }

    @Test
    void inactiveKeysDoNotHideTheActiveOne() {
        String active = tenant.newKey("""
                {"name":"app"}""");
        tenant.newKey("""
                {"name":"app","isActive":false}""");

        assertThat(Api.operator().get(tenant.named("app")).jsonPath().getString("id"))
                .isEqualTo(active);
    }

    @Test
    void ofSeveralActiveKeysNoneIsAnswered() {
        String older = tenant.newKey("""
                {"name":"app"}""");
        tenant.newKey("""
                {"name":"app","isActive":false}""");
        String newer = tenant.newKey("""
                {"name":"app"}""");

        Response several = Api.operator().get(tenant.named("app"));

        assertThat(several.statusCode()).isEqualTo(409);
        assertThat(several.jsonPath().getString("detail")).isEqualTo("2 client keys are called app");
        assertThat(several.jsonPath().getList("ids")).containsExactly(newer, older);
    }

    @Test
    void moreThanAHundredKeysOfANameAreListedInPart() {
        IntStream.range(0, 101).forEach(i -> tenant.newKey("""
                {"name":"app"}"""));

        Response several = Api.operator().get(tenant.named("app"));

        assertThat(several.statusCode()).isEqualTo(409);
        assertThat(several.jsonPath().getString("detail")).isEqualTo("More than 100 client keys are called app");
        assertThat(several.jsonPath().getList("ids")).hasSize(100);
    }

    @Test
    void keysForOtherUsesAreInvisibleToOperatorsToo() {
        tenant.newKey("""
                {"name":"app","useCase":"demo"}""");

        assertThat(Api.operator().get(tenant.named("app")).statusCode()).isEqualTo(404);
        assertThat(Api.operator().delete(tenant.named("app")).statusCode()).isEqualTo(404);
        assertThat(Api.operator().put(tenant.named("app"), "{}").statusCode()).isEqualTo(201);
    }

    @Test
    void renamedProjectIsRedirectedForEveryMethod() {
        String old = tenant.named("a b");
        Api.operator()
                .put("projects/" + tenant.organization() + "/pump-station/", """
                {"slug":"new"}""")
                .then()
                .statusCode(200);

        for (String path : new String[] {old, old + "env/"}) {
            for (String method : new String[] {"GET", "PUT", "DELETE"}) {
                Response moved = Api.operator().send(method, path + "?x=1");

                if (path.equals(old) || method.equals("GET")) {
                    assertThat(moved.statusCode()).as(method + " " + path).isEqualTo(302);
                    assertThat(moved.header("Location")).isEqualTo(path.replace("/pump-station/", "/new/") + "?x=1");
                }
            }
        }
    }
}
