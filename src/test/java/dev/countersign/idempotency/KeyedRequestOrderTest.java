package dev.countersign.idempotency;

import static dev.countersign.idempotency.KeyedCalls.assertCreated;
import static dev.countersign.idempotency.KeyedCalls.assertRefused;
import static dev.countersign.idempotency.KeyedCalls.post;
import static dev.countersign.idempotency.KeyedCalls.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The checks of a request with an {@code Idempotency-Key} come in this order: 401, 403, 404, the header, 415 and malformed bodies, the
 * earlier request, the members of the body.
 */
@QuarkusTest
class KeyedRequestOrderTest extends WithTenant {

    private static final String INVALID = "Invalid Idempotency-Key.";
    private static final String SHOWN_ONCE =
            "Idempotency-Key is not accepted here, because the text of an API key is shown only once.";
    private static final String WRONG_MEMBER = """
            {"name": []}""";

    private String key;

    @BeforeEach
    void chooseKey() {
        key = random();
    }

    @ParameterizedTest
    @EnumSource
    void credentialComesBeforeTheHeader(CreatedKind kind) {
        assertThat(post(Api.anonymous(), kind.path(tenant), "a b", "{").statusCode())
                .isEqualTo(401);
        assertThat(post(tenant.apiKey("event:read"), kind.path(tenant), "a b", "{")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(names = "ORGANIZATION", mode = EnumSource.Mode.EXCLUDE)
    void pathComesBeforeTheHeader(CreatedKind kind) {
        String missing = kind.path(tenant).replace(tenant.organization(), "no-such-organization");

        assertThat(post(missing, "a b", "{").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource
    void headerComesBeforeTheBody(CreatedKind kind) {
        assertRefused(post(kind.path(tenant), "a b", "{"), 400, INVALID);
        assertRefused(
                Api.operator()
                        .request()
                        .header("Idempotency-Key", "a b")
                        .contentType("text/plain")
                        .body("x")
                        .post(Api.url(kind.path(tenant))),
                400,
                INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "a b", "\"a\";b"})
    void invalidHeaderIsRefused(String value) {
        assertRefused(post(tenant.keys(), value, "{}"), 400, INVALID);
    }

    @Test
    void twoLinesAreRefused() {
        Response answer = Api.operator()
                .request()
                .header("Idempotency-Key", key, key)
                .contentType("application/json")
                .body("{}")
                .post(Api.url(tenant.keys()));

        assertRefused(answer, 400, INVALID);
    }

    @Test
    void bodyComesBeforeTheEarlierRequest() {
        assertCreated(post(tenant.keys(), key, "{}"));

        assertThat(post(tenant.keys(), key, "{").statusCode()).isEqualTo(400);
        assertThat(Api.operator()
                        .request()
                        .header("Idempotency-Key", key)
                        .contentType("text/plain")
                        .body("x")
                        .post(Api.url(tenant.keys()))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void earlierRequestComesBeforeTheMembers() {
        assertCreated(post(tenant.keys(), key, "{}"));

        assertThat(post(tenant.keys(), key, WRONG_MEMBER).statusCode()).isEqualTo(422);
        assertThat(post(tenant.keys(), random(), WRONG_MEMBER).statusCode()).isEqualTo(400);
    }

    @Test
    void secretsThatAreShownOnceAreNotRepeated() {
        String apiKeys = "organizations/" + tenant.organization() + "/api-keys/";
        tenant.newApiKey("project:read");
        String id = Api.operator().get(apiKeys).jsonPath().getString("[0].id");
        String wizard =
                "projects/" + tenant.organization() + "/" + tenant.project() + "/wizard/" + "a".repeat(64) + "/";

        assertRefused(post(apiKeys, key, "{"), 400, SHOWN_ONCE);
        assertRefused(post(apiKeys + id + "/rotate/", key, ""), 400, SHOWN_ONCE);
        assertRefused(post(wizard, key, ""), 400, SHOWN_ONCE);
        assertThat(Api.operator().get(apiKeys).jsonPath().getList("id")).hasSize(1);
        assertThat(post(apiKeys + "999999999/rotate/", key, "").statusCode()).isEqualTo(404);
    }

    @Test
    void otherRequestsIgnoreTheHeader() {
        String team = "projects/" + tenant.organization() + "/" + tenant.project() + "/teams/core/";

        assertThat(post(team, "a b", "").statusCode()).isEqualTo(201);
        assertThat(post(team, "a b", "").header("Idempotency-Replayed")).isNull();
        assertThat(Api.operator()
                        .request()
                        .header("Idempotency-Key", "a b")
                        .get(Api.url(tenant.keys()))
                        .statusCode())
                .isEqualTo(200);
    }
}
