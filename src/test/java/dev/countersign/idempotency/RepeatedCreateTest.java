package dev.countersign.idempotency;

import static dev.countersign.idempotency.KeyedCalls.assertCreated;
import static dev.countersign.idempotency.KeyedCalls.assertRefused;
import static dev.countersign.idempotency.KeyedCalls.assertReplayed;
import static dev.countersign.idempotency.KeyedCalls.named;
import static dev.countersign.idempotency.KeyedCalls.post;
import static dev.countersign.idempotency.KeyedCalls.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client sends a create again under the same {@code Idempotency-Key}. */
@QuarkusTest
class RepeatedCreateTest extends WithTenant {

    private static final String REUSED = "This Idempotency-Key was used for another request.";

    private String key;
    private String name;

    @BeforeEach
    void chooseKeyAndName() {
        key = random();
        name = random();
    }

    @ParameterizedTest
    @EnumSource
    void repeatedRequestGetsTheFirstObject(CreatedKind kind) {
        Response first = assertCreated(post(kind.path(tenant), key, named(name)));

        Response again = assertReplayed(post(kind.path(tenant), key, named(name)));

        assertThat(again.jsonPath().getString("id")).isEqualTo(first.jsonPath().getString("id"));
        assertThat(kind.count(tenant, name)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = "ORGANIZATION", mode = EnumSource.Mode.EXCLUDE)
    void repeatedRequestGetsTheSameAnswer(CreatedKind kind) {
        Response first = assertCreated(post(kind.path(tenant), key, named(name)));

        assertThat(post(kind.path(tenant), key, named(name)).asString()).isEqualTo(first.asString());
    }

    @Test
    void repeatedOrganizationHasItsListsAsTheyAreNow() {
        String slug = assertCreated(post("organizations/", key, named(name)))
                .jsonPath()
                .getString("slug");
        Api.operator().post("organizations/" + slug + "/teams/", named("core"));

        Response again = assertReplayed(post("organizations/", key, named(name)));

        assertThat(again.jsonPath().getList("teams.slug")).containsExactly("core");
    }

    @ParameterizedTest
    @EnumSource
    void repeatedRequestGetsTheObjectAsItIsNow(CreatedKind kind) {
        Response first = assertCreated(post(kind.path(tenant), key, named(name)));
        Api.operator().put(kind.path(tenant, first), named("Renamed")).then().statusCode(200);

        Response again = assertReplayed(post(kind.path(tenant), key, named(name)));

        assertThat(again.jsonPath().getString("name")).isEqualTo("Renamed");
        assertThat(again.jsonPath().getString("id")).isEqualTo(first.jsonPath().getString("id"));
    }

    @ParameterizedTest
    @EnumSource
    void otherBodyUnderTheKeyIsRefused(CreatedKind kind) {
        assertCreated(post(kind.path(tenant), key, named(name)));

        assertRefused(post(kind.path(tenant), key, named("Other")), 422, REUSED);
        assertThat(kind.count(tenant, "Other")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void removedObjectIsGone(CreatedKind kind) {
        Response first = assertCreated(post(kind.path(tenant), key, named(name)));
        Api.operator().delete(kind.path(tenant, first)).then().statusCode(204);

        assertRefused(
                post(kind.path(tenant), key, named(name)),
                410,
                "What was created under this Idempotency-Key was removed.");
        assertThat(kind.count(tenant, name)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void refusedRequestLeavesTheKeyFree(CreatedKind kind) {
        String wrong = """
                {"name": ["%s"]}""".formatted(name);

        assertThat(post(kind.path(tenant), key, wrong).statusCode()).isEqualTo(400);

        assertCreated(post(kind.path(tenant), key, named(name)));
    }

    @Test
    void conflictLeavesTheKeyFree() {
        String path = CreatedKind.TEAM.path(tenant);
        String body = """
                {"slug": "core"}""";

        assertThat(post(path, key, body).statusCode()).isEqualTo(409);
        Api.operator().delete("teams/" + tenant.organization() + "/core/");

        assertCreated(post(path, key, body));
        assertReplayed(post(path, key, body));
    }

    @ParameterizedTest
    @EnumSource(names = "CLIENT_KEY", mode = EnumSource.Mode.EXCLUDE)
    void nameThatIsTakenAsSlugGetsAnotherSlug(CreatedKind kind) {
        String first = assertCreated(post(kind.path(tenant), random(), named(name)))
                .jsonPath()
                .getString("slug");

        Response second = assertCreated(post(kind.path(tenant), key, named(name)));
        Response again = assertReplayed(post(kind.path(tenant), key, named(name)));

        assertThat(second.jsonPath().getString("slug")).isNotEqualTo(first);
        assertThat(again.jsonPath().getString("slug"))
                .isEqualTo(second.jsonPath().getString("slug"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"rateLimit":{"window":60,"count":5},"name":"N"}
                """, """
                { "name" : "\\u004e", "rateLimit" : { "count" : 5.0, "window" : 6e1 } }
                """})
    void spellingOfTheBodyDoesNotMatter(String spelled) {
        Response first = assertCreated(post(tenant.keys(), key, """
                {"name": "N", "rateLimit": {"window": 60, "count": 5}}"""));

        assertThat(assertReplayed(post(tenant.keys(), key, spelled)).asString()).isEqualTo(first.asString());
    }

    @Test
    void emptyBodyIsAnEmptyObject() {
        assertCreated(post(tenant.keys(), key, ""));

        assertReplayed(post(tenant.keys(), key, "{}"));
        assertRefused(post(tenant.keys(), key, """
                {"name": null}"""), 422, REUSED);
    }

    @Test
    void formIsRepeatedAsAnObjectOfTexts() {
        String form = "name=Form&rateLimit.count=5&rateLimit.window=60";
        Response first = assertCreated(postForm(form));

        assertThat(assertReplayed(postForm(form)).asString()).isEqualTo(first.asString());
        assertReplayed(post(tenant.keys(), key, """
                {"name": "Form", "rateLimit": {"count": "5", "window": "60"}}"""));
        assertRefused(postForm("name=Other"), 422, REUSED);
    }

    @Test
    void quotedKeyIsTheSameKey() {
        assertCreated(post(tenant.keys(), "\"" + key + "\"", "{}"));

        assertReplayed(post(tenant.keys(), key, "{}"));
    }

    @Test
    void keysOfTwoCallersAreIndependent() {
        Api one = tenant.apiKey("project:write");
        Api other = tenant.apiKey("project:write");

        List<String> ids = Stream.of(Api.operator(), one, other)
                .map(api -> assertCreated(post(api, tenant.keys(), key, "{}"))
                        .jsonPath()
                        .getString("id"))
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void rotatedApiKeyIsTheSameCaller() {
        Response apiKey = Api.operator().post("organizations/" + tenant.organization() + "/api-keys/", """
                {"label": "CI", "scope_list": ["project:write"]}""");
        Api before = Api.bearer(apiKey.jsonPath().getString("key"));
        assertCreated(post(before, tenant.keys(), key, "{}"));

        Response rotated = Api.operator()
                .post(
                        "organizations/" + tenant.organization() + "/api-keys/"
                                + apiKey.jsonPath().getString("id") + "/rotate/",
                        "");

        assertReplayed(post(Api.bearer(rotated.jsonPath().getString("key")), tenant.keys(), key, "{}"));
    }

    @Test
    void keysOfTwoPlacesAreIndependent() {
        for (CreatedKind kind : CreatedKind.values()) {
            assertCreated(post(kind.path(tenant), key, named(name)));
        }
        Tenant other = Tenant.create();
        for (CreatedKind kind : CreatedKind.values()) {
            if (kind != CreatedKind.ORGANIZATION) {
                assertCreated(post(kind.path(other), key, named(name)));
            }
        }
    }

    @Test
    void placeIsTheSameByEachOfItsPaths() {
        assertCreated(post(tenant.keys(), key, "{}"));

        assertReplayed(post(tenant.keys() + "?any=query", key, "{}"));
        assertReplayed(post(tenant.keys().replaceFirst("/$", ""), key, "{}"));
        assertReplayed(post("projects/" + tenant.organization() + "/" + tenant.projectId() + "/keys/", key, "{}"));
        Api.operator()
                .put("projects/" + tenant.organization() + "/" + tenant.project() + "/", """
                {"slug": "renamed"}""")
                .then()
                .statusCode(200);
        assertReplayed(post("projects/" + tenant.organization() + "/renamed/keys/", key, "{}"));
    }

    @Test
    void recordsGoWithTheirParent() {
        Response project = assertCreated(post(CreatedKind.PROJECT.path(tenant), random(), named(name)));
        String slug = project.jsonPath().getString("slug");
        String keys = "projects/" + tenant.organization() + "/" + slug + "/keys/";
        assertCreated(post(keys, key, "{}"));
        Api.operator()
                .delete("projects/" + tenant.organization() + "/" + slug + "/")
                .then()
                .statusCode(204);

        assertThat(post(keys, key, "{}").statusCode()).isEqualTo(404);
        Api.operator()
                .post(CreatedKind.PROJECT.path(tenant), named(name))
                .then()
                .statusCode(201);
        assertCreated(post(keys, key, "{}"));
    }

    /** A caller that is answered 503, since the machine is busy, repeats its request. */
    @ParameterizedTest
    @EnumSource
    void thirtyTwoCallersMakeOneObject(CreatedKind kind) throws Exception {
        List<Response> answers = KeyedCalls.inParallel(() ->
                Poll.until(() -> post(kind.path(tenant), key, named(name)), answer -> answer.statusCode() != 503));

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201))
                .extracting(answer -> answer.jsonPath().getString("id"))
                .containsOnly(answers.get(0).jsonPath().getString("id"));
        assertThat(answers)
                .filteredOn(answer -> answer.header("Idempotency-Replayed") == null)
                .hasSizeLessThanOrEqualTo(1);
        assertThat(kind.count(tenant, name)).isEqualTo(1);
    }

    @Test
    void repeatedRequestIsAuditedOnce() {
        for (int i = 0; i < 3; i++) {
            post(tenant.keys(), key, named(name));
        }

        List<String> events = Api.operator()
                .get("organizations/" + tenant.organization() + "/audit-logs/")
                .jsonPath()
                .getList("rows.event");
        assertThat(events).filteredOn("projectkey.create"::equals).hasSize(2);
    }

    @Test
    void repeatedProjectHasOneDefaultKey() {
        post(CreatedKind.PROJECT.path(tenant), key, named(name));
        String slug = assertReplayed(post(CreatedKind.PROJECT.path(tenant), key, named(name)))
                .jsonPath()
                .getString("slug");

        assertThat(Api.operator()
                        .get("projects/" + tenant.organization() + "/" + slug + "/keys/")
                        .jsonPath()
                        .getList("name"))
                .containsExactly("Default");
    }

    private Response postForm(String form) {
        return Api.operator()
                .request()
                .header("Idempotency-Key", key)
                .contentType("application/x-www-form-urlencoded")
                .body(form)
                .post(Api.url(tenant.keys()));
    }
}
