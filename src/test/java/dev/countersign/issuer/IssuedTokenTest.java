package dev.countersign.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.issuer.TestIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token of an issuer as a credential: who it is, and what it may do. */
@QuarkusTest
class IssuedTokenTest extends WithTenant {

    private static final String SUBJECT = "system:serviceaccount:shop:deployer";

    @Test
    void callerIsIssuerAndSubject() {
        Response auth = api(SUBJECT, "org:read").get("auth/");

        assertThat(auth.statusCode()).isEqualTo(200);
        assertThat(auth.jsonPath().getString("id")).isEqualTo("tests:" + SUBJECT);
        assertThat(auth.jsonPath().getBoolean("isSuperuser")).isFalse();
        assertThat(api(SUBJECT, "org:read").get("/api/0/").jsonPath().getList("auth.scopes"))
                .isEqualTo(List.of("org:read", "project:releases"));
    }

    @Test
    void auditLogShowsIssuerAndWholeSubject() {
        String longest = "s".repeat(512);
        Response made = api(longest, "project:admin").post(tenant.keys(), """
                {"name":"app"}""");
        String key = tenant.key(made.jsonPath().getString("id"));
        api(longest, "project:admin").put(key, """
                {"name":"shop"}""");
        api(longest, "project:admin").delete(key);

        List<String> actors = Api.operator()
                .get(tenant.path("organizations/{o}/audit-logs/"))
                .jsonPath()
                .getList("rows.actor.name");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(actors).startsWith("tests:" + longest, "tests:" + longest, "tests:" + longest);
    }

    /** Line separators, right-to-left marks and markup are no control characters; a reader of JSON gets them as they are. */
    @Test
    void auditLogShowsAHostileSubjectAsItIs() {
        String subject = "<script>\u2028\u202E\uD83D\uDE00'--";
        String key = tenant.key(api(subject, "project:admin")
                .post(tenant.keys(), """
                        {"name":"app"}""")
                .jsonPath()
                .getString("id"));
        api(subject, "project:admin").delete(key);

        assertThat(Api.operator()
                        .get(tenant.path("organizations/{o}/audit-logs/"))
                        .jsonPath()
                        .getString("rows[0].actor.name"))
                .isEqualTo("tests:" + subject);
        assertThat(api(subject, "org:read").get("auth/").jsonPath().getString("id"))
                .isEqualTo("tests:" + subject);
    }

    @Test
    void clockOfTheIssuerMayBeAMinuteAhead() {
        long now = Instant.now().getEpochSecond();

        assertThat(detail("\"iat\":" + (now + 50) + ",\"exp\":" + (now + 600))).isEqualTo("tests:" + SUBJECT);
        assertThat(detail("\"nbf\":" + (now + 50) + ",\"exp\":" + (now + 600))).isEqualTo("tests:" + SUBJECT);
        assertThat(detail("\"iat\":" + (now + 120) + ",\"exp\":" + (now + 600))).isEqualTo("Invalid token");
        assertThat(detail("\"nbf\":" + (now + 120) + ",\"exp\":" + (now + 600))).isEqualTo("Invalid token");
    }

    @Test
    void tokenWithoutGrantIsForbiddenAndSaysWhy() {
        Response refused = Api.bearer(TestIssuer.token("a b", tenant.organization(), "owner"))
                .get("auth/");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.jsonPath().getString("detail"))
                .isEqualTo("No grant of issuer tests matches: role=\"owner\", org=\"" + tenant.organization() + "\"");
        assertThat(Api.bearer(TestIssuer.token("x", tenant.organization(), "owner"))
                        .get("/api/0/")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void tokenWithoutGrantIsNoGoodCredentialToTheHealthRequest() {
        assertThat(Api.bearer(TestIssuer.token("x", tenant.organization(), "owner"))
                        .get("internal/health/")
                        .statusCode())
                .isEqualTo(401);
        assertThat(api(SUBJECT, "org:read").get("internal/health/").statusCode())
                .isEqualTo(200);
    }

    @Test
    void organizationMustExistUnderThisSlugInThisCase() {
        assertThat(message("No-Such"))
                .isEqualTo("The grant of issuer tests is for the organization \"No-Such\", which does not exist");
        String id =
                Api.operator().get(tenant.path("organizations/{o}/")).jsonPath().getString("id");
        assertThat(message(id)).endsWith("which does not exist");
        assertThat(message(tenant.organization().toUpperCase(Locale.ROOT))).endsWith("which does not exist");
    }

    @Test
    void renamedOrganizationIsFoundByItsNewSlugOnly() {
        Api before = api(SUBJECT, "org:read");
        assertThat(before.get("auth/").statusCode()).isEqualTo(200);
        String renamed = tenant.organization() + "-new";

        Api.operator().put(tenant.path("organizations/{o}/"), """
                {"slug":"%s"}""".formatted(renamed));

        assertThat(before.get("auth/").statusCode()).isEqualTo(403);
        assertThat(Api.bearer(TestIssuer.token(SUBJECT, renamed, "org:read"))
                        .get("auth/")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void idempotencyKeySurvivesAReissuedToken() {
        Response first = keyed(TestIssuer.token(SUBJECT, tenant.organization(), "project:write"));
        Response again = keyed(TestIssuer.signer()
                .sign(TestIssuer.claims(SUBJECT, tenant.organization(), "project:write")
                        .replace("\"role\"", "\"jti\":\"2\",\"role\"")));
        Response another = keyed(TestIssuer.token("other", tenant.organization(), "project:write"));

        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.jsonPath().getString("id")).isEqualTo(first.jsonPath().getString("id"));
        assertThat(another.jsonPath().getString("id"))
                .isNotEqualTo(first.jsonPath().getString("id"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            org:admin,                     201
            org:read,                      201
            'org:admin","project:read',    403
            project:read,                  403
            member:admin,                  403
            """)
    void apiKeyGetsOnlyScopesOfTheGrant(String scopes, int status) {
        assertThat(api(SUBJECT, "org:admin")
                        .post(apiKeys(), """
                                {"label":"ci","scope_list":["%s"]}""".formatted(scopes))
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void apiKeyWithMoreScopesIsNeitherChangedNorRotatedButMayBeRemoved() {
        String wide = newApiKey("org:admin\",\"project:admin");
        String narrow = newApiKey("org:read");
        Api token = api(SUBJECT, "org:admin");

        assertThat(token.put(apiKeys() + wide + "/", """
                {"label":"x"}""").statusCode()).isEqualTo(403);
        assertThat(token.put(apiKeys() + wide + "/", """
                {"scope_list":["org:read"]}""").statusCode()).isEqualTo(403);
        assertThat(token.post(apiKeys() + wide + "/rotate/", "").statusCode()).isEqualTo(403);
        assertThat(token.put(apiKeys() + narrow + "/", """
                {"scope_list":["project:read"]}""").statusCode()).isEqualTo(403);
        assertThat(token.put(apiKeys() + narrow + "/", """
                {"label":"y"}""").jsonPath().getString("label"))
                .isEqualTo("y");
        assertThat(token.put(apiKeys() + narrow + "/", """
                {"label":"y"}""").statusCode()).isEqualTo(200);
        assertThat(token.post(apiKeys() + narrow + "/rotate/", "").statusCode()).isEqualTo(200);
        assertThat(token.delete(apiKeys() + wide + "/").statusCode()).isEqualTo(204);
        assertThat(Api.operator().get(apiKeys() + narrow + "/").jsonPath().getList("scope_list"))
                .isEqualTo(List.of("org:read"));
    }

    @Test
    void otherOrganizationIsForbidden() {
        Tenant other = Tenant.create();

        assertThat(api(SUBJECT, "project:read").get(other.keys()).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Token ", "Basic "})
    void otherSchemesTakeNoToken(String scheme) {
        String token = TestIssuer.token(SUBJECT, tenant.organization(), "org:read");
        String value = scheme.equals("Basic ")
                ? Base64.getEncoder().encodeToString((token + ":").getBytes(StandardCharsets.UTF_8))
                : token;

        assertThat(new Api(scheme + value).get("auth/").statusCode()).isEqualTo(401);
    }

    @Test
    void endedTokenIsToldFromAnInvalidOne() {
        long now = Instant.now().getEpochSecond();

        assertThat(detail("\"exp\":" + (now - 61))).isEqualTo("Token expired");
        assertThat(detail("\"exp\":" + (now - 61) + ",\"nbf\":" + (now + 100))).isEqualTo("Invalid token");
        assertThat(detail("\"exp\":" + (now - 30))).isEqualTo("tests:" + SUBJECT);
    }

    @Test
    void tokenThatLastsLongerThanTheGrantAllowsMatchesNoGrant() {
        long now = Instant.now().getEpochSecond();

        assertThat(detail("\"exp\":" + (now + 86_400 + 30))).isEqualTo("tests:" + SUBJECT);
        assertThat(detail("\"exp\":" + (now + 86_400 + 600)))
                .matches(
                        "No grant of issuer tests matches: role=\"org:read\", org=\"[^\"]+\", exp 8(69[0-9]{2}|7000) s ahead");
    }

    private String detail(String times) {
        String claims = TestIssuer.claims(SUBJECT, tenant.organization(), "org:read")
                .replaceFirst("\"iat\":[0-9]+,\"exp\":[0-9]+", times);
        Response auth = Api.bearer(TestIssuer.signer().sign(claims)).get("auth/");
        return auth.jsonPath().getString(auth.statusCode() == 200 ? "id" : "detail");
    }

    private String message(String organization) {
        Response refused =
                Api.bearer(TestIssuer.token(SUBJECT, organization, "org:read")).get("auth/");
        assertThat(refused.statusCode()).isEqualTo(403);
        return refused.jsonPath().getString("detail");
    }

    private Api api(String subject, String role) {
        return Api.bearer(TestIssuer.token(subject, tenant.organization(), role));
    }

    private String apiKeys() {
        return tenant.path("organizations/{o}/api-keys/");
    }

    private String newApiKey(String scopes) {
        return Api.operator().post(apiKeys(), """
                        {"label":"x","scope_list":["%s"]}""".formatted(scopes)).jsonPath().getString("id");
    }

    private Response keyed(String token) {
        Response response = Api.bearer(token)
                .request()
                .header("Idempotency-Key", "create-app")
                .contentType("application/json")
                .body("""
                        {"name":"app"}""")
                .post(Api.url(tenant.keys()));
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        return response;
    }
}
