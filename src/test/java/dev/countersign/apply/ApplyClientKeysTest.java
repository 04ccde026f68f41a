package dev.countersign.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What documents declare of client keys. */
@QuarkusTest
class ApplyClientKeysTest extends WithDocuments {

    private final String half = UUID.randomUUID().toString().replace("-", "");

    @Test
    void halvesAreTakenOver() {
        apply("projects: [{slug: api, keys: [{name: app, public: %s}]}]".formatted(half));

        operator.get("projects/" + organization + "/api/keys/" + half + "/")
                .then()
                .statusCode(200)
                .body("name", equalTo("app"));
    }

    @Test
    void publicKeyIdentifiesARenamedKey() {
        apply("projects: [{slug: api, keys: [{name: app, public: %s}]}]".formatted(half));

        assertThat(apply("projects: [{slug: api, keys: [{name: shop, public: %s}]}]".formatted(half))
                        .steps())
                .containsExactly("~ key ORG/api/shop name");
    }

    @Test
    void halvesAreNeverReplaced() {
        apply("projects: [{slug: api, keys: [{name: app, public: %s}]}]".formatted(half));
        String other = other(half);

        assertThat(apply("projects: [{slug: api, keys: [{name: app, public: %s}]}]".formatted(other))
                        .faults())
                .containsExactly("acme.yaml:3: projects[0].keys[0].public: The client key app is stored with the public"
                        + " key " + half + ", which never changes.");
        assertThat(apply("projects: [{slug: api, keys: [{name: app, secret: %s}]}]".formatted(other))
                        .faults())
                .containsExactly("acme.yaml:3: projects[0].keys[0].secret: The client key app (" + half
                        + ") is stored with another secret key, which never changes.");
    }

    @Test
    void keysOfOthersAreConflicts() {
        apply("projects: [{slug: api, keys: [{name: app, public: %s}]}]".formatted(half));

        assertThat(apply("projects: [{slug: web, keys: [{name: app, public: %s}]}]".formatted(half))
                        .faults())
                .containsExactly("acme.yaml:3: projects[0].keys[0]: Another project has the client key " + half + ".");
        operator.get("projects/" + organization + "/web/").then().statusCode(404);
    }

    @Test
    void severalKeysOfANameAreDeclaredByTheirPublicKeys() {
        String keys = "projects: [{slug: api, keys: [{name: app, public: %1$s}, {name: app, public: %2$s}]}]"
                .formatted(half, other(half));

        assertThat(apply(keys).steps()).endsWith("+ key ORG/api/app", "+ key ORG/api/app");
        assertThat(apply(keys)).isEqualTo(new Outcome(List.of(), List.of(), List.of()));
        assertThat(apply(keys.replace("name: app, public: " + half, "name: shop, public: " + half))
                        .steps())
                .containsExactly("~ key ORG/api/shop name");
    }

    @Test
    void secondKeyOfANameJoinsADeclaredOneThatWasRotated() {
        apply("projects: [{slug: api, keys: [{name: app, public: %s}]}]".formatted(half));
        operator.post("/api/countersign/v1/projects/" + organization + "/api/keys/" + half + "/rotate/", "{}")
                .then()
                .statusCode(201);

        assertThat(apply("projects: [{slug: api, keys: [{name: app, public: %2$s}, {name: app, public: %1$s}]}]"
                                .formatted(half, other(half)))
                        .steps())
                .containsExactly("+ key ORG/api/app");
    }

    @Test
    void useCaseIsThatOfANewKeyAndNeverChanges() {
        String keys = "projects: [{slug: api, keys: [{name: app}, {name: app, useCase: profiling}]}]";

        assertThat(apply(keys).steps()).endsWith("+ key ORG/api/app", "+ key ORG/api/app");
        assertThat(apply(keys)).isEqualTo(new Outcome(List.of(), List.of(), List.of()));
        operator.get("projects/" + organization + "/api/keys/")
                .then()
                .body("useCase", containsInAnyOrder("user", "profiling"));
        String publicKey = operator.get("projects/" + organization + "/api/keys/")
                .path("find { it.useCase == 'profiling' }.public");
        assertThat(apply("projects: [{slug: api, keys: [{public: %s, useCase: demo}]}]".formatted(publicKey))
                        .faults())
                .containsExactly("acme.yaml:3: projects[0].keys[0].useCase: The client key " + publicKey + " ("
                        + publicKey + ") is stored with the use case profiling, which never changes.");
    }

    @Test
    void severalKeysOfANameAreAFaultWithBothIds() {
        apply("projects: [{slug: api, keys: [{name: app}]}]");
        operator.post("projects/" + organization + "/api/keys/", "{\"name\": \"app\"}");
        List<String> ids =
                operator.get("projects/" + organization + "/api/keys/").path("id");

        assertThat(apply("projects: [{slug: api, keys: [{name: app}]}]").faults())
                .singleElement()
                .asString()
                .contains("2 client keys are called app: ")
                .contains(ids);
    }

    private static String other(String half) {
        return (half.charAt(0) == '0' ? "1" : "0") + half.substring(1);
    }

    @Test
    void emptyListLeavesANewProjectWithoutKeys() {
        apply("projects: [{slug: api, keys: []}]");

        operator.get("projects/" + organization + "/api/keys/").then().body("$", hasSize(0));
    }
}
