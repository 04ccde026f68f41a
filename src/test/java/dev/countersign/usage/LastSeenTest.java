package dev.countersign.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where {@code ?expand=usage} shows that a client key was never seen. */
@QuarkusTest
class LastSeenTest extends WithTenant {

    private static final String NEVER = "\"lastSeen\":null";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "projects/{o}/{p}/keys/",
                "projects/{o}/{p}/keys/{key}/",
                "organizations/{o}/project-keys/",
                "/api/countersign/v1/projects/{o}/{p}/named-keys/App/"
            })
    void keyThatWasNeverSeenSaysSo(String template) {
        String path = tenant.path(template).replace("{key}", tenant.newKey("""
                {"name":"App"}"""));

        assertThat(Api.operator().get(path).asString()).doesNotContain("lastSeen");
        assertThat(Api.operator().get(path + "?expand=dsns").asString()).doesNotContain("lastSeen");
        assertThat(Api.operator().get(path + "?expand=dsns&expand=usage").asString())
                .contains(NEVER, "\"dsns\"");
    }

    @Test
    void answerToAChangeSaysSoToo() {
        String key = tenant.newKey("{}");

        assertThat(Api.operator().post(tenant.keys() + "?expand=usage", "{}").asString())
                .contains(NEVER);
        assertThat(Api.operator().put(tenant.key(key) + "?expand=usage", "{}").asString())
                .contains(NEVER);
    }

    @Test
    void emptyListStaysEmpty() {
        assertThat(Api.operator()
                        .get(tenant.keys() + "?status=inactive&expand=usage")
                        .asString())
                .isEqualTo("[]");
    }
}
