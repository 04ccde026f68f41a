package dev.countersign.web.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Leaks;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.RawHttp;
import dev.countersign.web.filter.RawRequests;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that try to reach another route, or to avoid the credential. */
@QuarkusTest
class HostilePathTest extends WithTenant {

    /** An encoded separator never leads to another route. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/api/0/projects/{o}/{p}%2fkeys/",
                "/api/0/projects/{o}%2f{p}/keys/",
                "/api/0/projects/{o}/{p};x=y/keys/",
                "/api/0/projects/{o}/%2e%2e%2f{p}/keys/",
                "/api/0/projects/{o}/{p}%00/keys/",
                "/api/0/projects/{o}/{p}%0d%0a/keys/",
                "/api/0/projects/{o}/{p}\\/keys/",
                "/api/0/projects/{o}/{p}/keys;/",
                "/api/0/projects/{o}/{p}/%6beys%2f",
                "/API/0/projects/{o}/{p}/keys/"
            })
    void encodedSeparatorsFindNothing(String template) throws IOException {
        String path = tenant.path(template);

        RawHttp.Answer answer = RawRequests.get(path);

        assertThat(answer.status()).as(answer.body()).isIn(400, 404);
        assertThat(answer.headers()).doesNotContainKey("x");
        Leaks.assertNone(path, answer.body());
    }

    /** No spelling of a path avoids the credential. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "//api/0/projects/{o}/{p}/keys/",
                "/api//0///projects/{o}/{p}/keys//",
                "/api/0/x/../projects/{o}/{p}/keys/",
                "/q/../api/0/projects/{o}/{p}/keys/",
                "/api/0/./projects/{o}/{p}/keys/",
                "/%61pi/0/projects/{o}/{p}/keys/",
                "/api/0/projects/{o}/{p}/k%65ys/",
                "/api/0/projects/{o}/{p}/keys/?/../../q/health",
                "http://localhost/api/0/projects/{o}/{p}/keys/"
            })
    void otherSpellingsOfAPathNeedACredential(String template) throws IOException {
        String path = tenant.path(template);

        assertThat(RawRequests.get(path, "nobody").status()).isIn(400, 401, 404);
    }
}
