package dev.countersign.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.countersign.testsupport.Api;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What documents declare of API keys. */
@QuarkusTest
class ApplyApiKeysTest extends WithDocuments {

    private static final String TWO_API_KEYS = """
            apiKeys:
              - {label: a, key: "env:KEY", scope_list: ["org:read"]}
              - {label: b, key: "env:OTHER", scope_list: ["org:read"]}
            """;

    @Test
    void declaredTextReplacesTheStoredOne() {
        apply("name: Acme");
        operator.post(
                        "organizations/" + organization + "/api-keys/",
                        "{\"label\": \"ci\", \"scope_list\": [\"org:read\"]}")
                .then()
                .statusCode(201);

        assertThat(apply("apiKeys: [{label: ci, key: \"env:KEY\"}]").steps()).containsExactly("~ API key ORG/ci key");
        Api.bearer(keyText).get("organizations/" + organization + "/").then().statusCode(200);
    }

    @Test
    void newKeyNeedsScopes() {
        assertThat(apply("apiKeys: [{label: ci, key: \"env:KEY\"}]").faults())
                .containsExactly("acme.yaml:3: apiKeys[0]: A new API key needs the member scope_list.");
    }

    @Test
    void textOfAnotherStoredKeyIsAFaultBeforeAnythingIsWritten() {
        apply(TWO_API_KEYS);

        Outcome outcome = apply("""
                name: Renamed
                apiKeys:
                  - {label: a, key: "env:OTHER"}
                """);

        assertThat(outcome)
                .isEqualTo(new Outcome(
                        List.of(), List.of(), List.of("acme.yaml:5: apiKeys[0].key: Another API key has this text.")));
        operator.get("organizations/" + organization + "/").then().body("name", equalTo(organization));
    }

    @Test
    void storedKeysDoNotSwapTheirTexts() {
        apply(TWO_API_KEYS);

        assertThat(apply("""
                        apiKeys:
                          - {label: a, key: "env:OTHER"}
                          - {label: b, key: "env:KEY"}
                        """).faults())
                .containsExactly(
                        "acme.yaml:4: apiKeys[0].key: Another API key has this text.",
                        "acme.yaml:5: apiKeys[1].key: Another API key has this text.");
    }

    @Test
    void newKeyMayHaveTheTextThatAStoredKeyLoses() {
        apply("apiKeys: [{label: a, key: \"env:KEY\", scope_list: [\"org:read\"]}]");

        assertThat(apply("""
                        apiKeys:
                          - {label: a, key: "env:OTHER"}
                          - {label: b, key: "env:KEY", scope_list: ["org:read"]}
                        """).steps()).containsExactly("~ API key ORG/a key", "+ API key ORG/b");
    }

    @Test
    void newKeyMayNotHaveTheTextThatAStoredKeyKeeps() {
        apply("apiKeys: [{label: a, key: \"env:KEY\", scope_list: [\"org:read\"]}]");

        // In the background a stored key keeps its text.
        assertThat(heal("""
                        apiKeys:
                          - {label: a, key: "env:OTHER", status: disabled}
                          - {label: b, key: "env:KEY", scope_list: ["org:read"]}
                        """).faults()).containsExactly("acme.yaml:5: apiKeys[1].key: Another API key has this text.");
    }

    @Test
    void textIsInNoLine() {
        Outcome outcome = apply("apiKeys: [{label: ci, key: \"env:KEY\", scope_list: [\"org:read\"]}]");

        assertThat(outcome.toString()).doesNotContain(keyText.substring(3));
        operator.get("organizations/" + organization + "/audit-logs/")
                .then()
                .body("rows.event", hasItem(startsWith("api-key")));
    }
}
