package dev.countersign.namedkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Names of any form stand in a path, and no reader of a path takes a name for another one. */
@QuarkusTest
class KeyNameTest extends WithTenant {

    static Stream<String> names() {
        return Stream.of(
                "app",
                "App 2",
                "a+b",
                "a/b",
                "/",
                "a//b",
                "a/.x/b",
                "shop/prod/eu-west",
                "a;b=c",
                "a?b#c",
                "a%2Fb",
                "100%",
                "a\\b",
                "a\"b'c",
                "a&b=c",
                "...",
                ".env",
                "env",
                "named-keys",
                "12345",
                "Schlüssel 🔑",
                "مفتاح‏",
                "e\u0301",
                "a\tb\nc",
                "\u0001",
                "🔑".repeat(64));
    }

    @ParameterizedTest
    @MethodSource("names")
    void nameIsStoredFoundAndRemovedAsItIs(String name) {
        String path = tenant.named(name);
        Response created = Api.operator().put(path, "{}");

        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        assertThat(created.jsonPath().getString("name")).isEqualTo(name);
        assertThat(Api.operator().put(path, "{}").statusCode()).isEqualTo(200);
        assertThat(Api.operator().get(path).jsonPath().getString("name")).isEqualTo(name);
        assertThat(Api.operator().get(path + "env/").statusCode()).isEqualTo(200);
        assertThat(Api.operator().delete(path).statusCode()).isEqualTo(204);
    }

    @Test
    void nameThatAPostMadeIsFound() {
        tenant.newKey("""
                {"name":"  Über / Prod\\u00a0 "}""");

        assertThat(Api.operator().get(tenant.named("Über / Prod")).statusCode()).isEqualTo(200);
        assertThat(Api.operator().get(tenant.named("\u00a0\t Über / Prod ")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void namesDifferInCase() {
        Api.operator().put(tenant.named("app"), "{}").then().statusCode(201);

        assertThat(Api.operator().get(tenant.named("App")).statusCode()).isEqualTo(404);
        assertThat(Api.operator().put(tenant.named("APP"), "{}").statusCode()).isEqualTo(201);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "%20 | name: This field may not be blank.",
                "%C2%A0%09 | name: This field may not be blank.",
                "%00 | name: Null characters are not allowed.",
                "a%00b | name: Null characters are not allowed.",
                "%20. | name: A path cannot have this name.",
                "..%20 | name: A path cannot have this name.",
                "%2E | A path cannot have a segment . or ..",
                "%2e%2e | A path cannot have a segment . or ..",
                "a%2F..%2Fb | A path cannot have a segment . or ..",
                "%ff | The request could not be understood.",
                "%ed%a0%80 | The request could not be understood.",
                "%zz | The request could not be understood.",
            })
    void nameThatCannotBeIsRefusedByEveryMethod(String name, String detail) throws IOException {
        String path = tenant.named("x").replace("/x/", "/" + name + "/");

        for (String request : new String[] {"GET " + path, "PUT " + path, "DELETE " + path, "GET " + path + "env/"}) {
            RawHttp.Answer refused = raw(request);

            assertThat(refused.status()).as(request).isEqualTo(400);
            assertThat(refused.body()).isEqualTo("""
                {"detail":"%s"}""".formatted(detail));
        }
    }

    @Test
    void tooLongANameIsRefused() {
        Response refused = Api.operator().put(tenant.named("x".repeat(65)), "{}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).isEqualTo("""
                {"detail":"name: Ensure this field has no more than 64 characters."}""");
        assertThat(Api.operator().get(tenant.named("x".repeat(5000))).statusCode())
                .isEqualTo(400);
        assertThat(Api.operator().get(tenant.named("x".repeat(20_000))).statusCode())
                .isEqualTo(414);
    }

    @Test
    void missingProjectIsFoundOutBeforeAWrongName() {
        Tenant missing = new Tenant(tenant.organization(), "core", "nope", 0);

        assertThat(Api.operator().get(missing.named(" ")).statusCode()).isEqualTo(404);
        assertThat(Tenant.create().apiKey("project:read").get(tenant.named(" ")).statusCode())
                .isEqualTo(403);
    }

    /** Sends a path that no HTTP client sends. */
    private static RawHttp.Answer raw(String request) throws IOException {
        try (RawHttp connection = new RawHttp(RestAssured.port)) {
            return connection
                    .send(request + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Api.OPERATOR_TOKEN
                            + "\r\nContent-Length: 0\r\n\r\n")
                    .require(true);
        }
    }
}
