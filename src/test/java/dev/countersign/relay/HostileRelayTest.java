package dev.countersign.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.Collections;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad requests get Sentry's words, in the order of Sentry's checks, and never a 5xx. */
@QuarkusTest
class HostileRelayTest {

    private static final TestRelay RELAY = TestRelay.TRUSTED;
    private static final TestRelay STRANGER = TestRelay.create("0d1b0ef9-7a32-4a4e-8d3f-2f6a2a2b7c5d");
    private static final TestRelay IMPOSTOR = TestRelay.create(RELAY.id());

    @ParameterizedTest
    @CsvSource({"projectconfigs/?version=3", "projectids/", "publickeys/", "outcomes/"})
    void requestThatNoTrustedRelayHasSignedIsUnauthorized(String path) {
        String body = "{}";
        String good = RELAY.sign(body);

        assertRefused(TestRelay.send(null, path, body, good), 401, "Invalid relay ID");
        assertRefused(TestRelay.send("", path, body, good), 401, "Invalid relay ID");
        assertRefused(TestRelay.send("1-1-1-1-1", path, body, good), 401, "Invalid relay ID");
        assertRefused(RELAY.post(path, body, null), 401, "Missing relay signature");
        assertRefused(RELAY.post(path, body, ""), 401, "Missing relay signature");
        assertRefused(STRANGER.post(path, body, null), 401, "Missing relay signature");
        assertRefused(STRANGER.post(path, body), 401, "Unknown relay");
        assertRefused(RELAY.post(path, body, "x"), 401, "Invalid relay signature");
        assertRefused(IMPOSTOR.post(path, body), 401, "Invalid relay signature");
        assertRefused(RELAY.post(path, body + " ", good), 401, "Invalid relay signature");
        assertRefused(RELAY.post(path, body, RELAY.sign(body, seconds(-301))), 401, "Invalid relay signature");
        assertRefused(RELAY.post(path, body, RELAY.sign(body, seconds(60))), 401, "Invalid relay signature");
        assertThat(RELAY.post(path, body, "x").header("WWW-Authenticate")).isEqualTo("Basic realm=\"api\"");

        assertThat(RELAY.post(path, body).statusCode()).isEqualTo(200);
        assertThat(RELAY.post(path, body, RELAY.sign(body, seconds(-290))).statusCode())
                .isEqualTo(200);
        assertThat(TestRelay.send(RELAY.id().toUpperCase(java.util.Locale.ROOT), path, body, good)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            projectconfigs/?version=3 | {"publicKeys":5}         | {"publicKeys":["Expected a list of items."]}
            projectconfigs/?version=3 | [1]                      | {"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}
            projectconfigs/           | {"projects":[1]}         | "Unsupported version, we only support versions 2 to 3."
            projectconfigs/?version=1 | {"projects":[1]}         | "Unsupported version, we only support versions 2 to 3."
            projectconfigs/?version=4 | {}                       | "Unsupported version, we only support versions 2 to 3."
            projectconfigs/?version=  | {}                       | "Unsupported version, we only support versions 2 to 3."
            projectids/               | {"publicKeys":"x"}       | {"publicKeys":["Expected a list of items."]}
            publickeys/               | {"relay_ids":{}}         | {"relay_ids":["Expected a list of items."]}
            outcomes/                 | {"outcomes":1}           | {"outcomes":["Expected a list of items."]}
            """)
    void bodyThatIsNotUnderstoodIsRefused(String path, String body, String answer) {
        Response response = RELAY.post(path, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.asString()).isEqualTo(answer);
    }

    @Test
    void malformedBodyIsRefused() {
        assertThat(RELAY.post("projectids/", "{").asString()).startsWith("{\"detail\":\"JSON parse error - ");
        assertThat(RELAY.post("projectids/", "").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "projectconfigs/?version=3",
        "projectids/",
        "publickeys/",
        "outcomes/",
        "register/challenge/",
        "register/response/"
    })
    void bodyOverOneMebibyteIsRefused(String path) {
        String body = " ".repeat((1 << 20) + 1);

        assertThat(RELAY.post(path, body, RELAY.sign("")).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "projectconfigs/?version=3, publicKeys",
        "projectids/, publicKeys",
        "publickeys/, relay_ids",
        "outcomes/, outcomes",
        "register/challenge/, relay_id",
        "register/response/, token"
    })
    void deeplyNestedBodyIsRefused(String path, String member) {
        for (String nested : new String[] {"[".repeat(200_000), "[".repeat(200_000) + "]".repeat(200_000) + "}"}) {
            assertThat(RELAY.post(path, """
                    {"%s":%s""".formatted(member, nested)).statusCode())
                    .isEqualTo(400);
        }
    }

    /** Relays are configured and not stored, so there is nothing to list and nothing to remove. */
    @Test
    void relaysAreNotListedAndNotRemoved() {
        assertThat(Api.operator().get("relays/").statusCode()).isEqualTo(404);
        assertThat(Api.operator().delete("relays/1/").statusCode()).isEqualTo(404);
    }

    @Test
    void tenThousandKeysAreAnswered() {
        String keys =
                IntStream.range(0, 10_000).mapToObj("\"%032x\""::formatted).collect(Collectors.joining(","));
        String revisions = String.join(",", Collections.nCopies(10_000, "null"));

        Response configs = RELAY.post("projectconfigs/?version=3", """
                {"publicKeys":[%s],"revisions":[%s]}""".formatted(keys, revisions));

        assertThat(configs.statusCode()).isEqualTo(200);
        assertThat(configs.jsonPath().getMap("configs")).hasSize(10_000);
        assertThat(RELAY.post("projectids/", """
                {"publicKeys":[%s]}""".formatted(keys)).statusCode()).isEqualTo(200);
    }

    @Test
    void entriesThatAreNoKeysAreSkippedOrDisabled() {
        Response response = RELAY.post("projectconfigs/?version=3", """
                {"publicKeys":[1,null,{},[],true,"\\u0000","ключ","'; drop table project_key","a\\ud800"],"revisions":7}""");

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.jsonPath().getMap("configs")).hasSize(4);
    }

    /** A column of the table is the header with the id, who signs, the body, and the refusal. */
    @ParameterizedTest(name = "{2} by {1} as {0}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            own      | own      | {                                                       | 400 | No valid json body
            own      | own      | ''                                                      | 400 | No valid json body
            own      | own      | {"relay_id":"{own}"}                                    | 400 | Missing public key
            own      | own      | {"relay_id":"{own}","public_key":""}                    | 400 | Missing public key
            stranger | stranger | {"relay_id":"{stranger}","public_key":"{strange}"}      | 403 | Relay is not allowed to register
            stranger | nobody   | {"relay_id":"{stranger}","public_key":"{key}"}          | 403 | Relay is not allowed to register
            own      | nobody   | {"relay_id":"{own}","public_key":"{key}"}               | 400 | Missing relay signature
            own      | own      | {"relay_id":"{own}","public_key":"x"}                   | 400 | could not deserialize payload
            own      | own      | {"relay_id":"{own}","public_key":"{key}","version":"x"} | 400 | could not deserialize payload
            own      | own      | {"relay_id":"{own}","public_key":"{key}","version":""}  | 400 | could not deserialize payload
            own      | own      | {"relay_id":" {own}","public_key":"{key}"}              | 400 | could not deserialize payload
            own      | stranger | {"relay_id":"{own}","public_key":"{key}"}               | 400 | invalid signature on data
            own      | garbage  | {"relay_id":"{own}","public_key":"{key}"}               | 400 | invalid signature on data
            own      | old      | {"relay_id":"{own}","public_key":"{key}"}               | 400 | the timestamp is too far in the past
            own      | ahead    | {"relay_id":"{own}","public_key":"{key}"}               | 400 | the timestamp is too far in the future
            stranger | own      | {"relay_id":"{own}","public_key":"{key}"}               | 400 | relay_id in payload did not match header
            own      | stranger | {"relay_id":"{own}","public_key":"{strange}"}           | 400 | Attempted to register agent with a different public key
            """)
    void badChallengeIsRefused(String header, String signer, String template, int status, String detail) {
        String body = filled(template);
        String id = header.equals("own") ? RELAY.id() : STRANGER.id();

        assertRefused(TestRelay.send(id, "register/challenge/", body, sign(signer, body)), status, detail);
    }

    @Test
    void fieldsOfARegistrationAreChecked() {
        Response response = RELAY.post("register/challenge/", """
                {"relay_id":"6B7D15B8-CEE2-4354-9FEE-DAE7EF43E434","public_key":"%s"}""".formatted("x".repeat(65)));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getMap("")).containsOnlyKeys("relay_id", "public_key");
        assertThat(RELAY.post("register/challenge/", "{}").asString()).isEqualTo("""
                {"relay_id":["This field is required."]}""");
        assertThat(RELAY.post("register/response/", "{}").asString()).isEqualTo("""
                {"relay_id":["This field is required."],"token":["This field is required."]}""");
    }

    /** {@code {token}} stands for a good token, {@code {stranger}} for another relay. */
    @ParameterizedTest(name = "{2} by {1} as {0}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            own      | own      | {                                               | 400 | No valid json body
            own      | nobody   | {"relay_id":"{own}","token":"{token}"}          | 400 | Missing relay signature
            own      | own      | {"relay_id":"{own}","token":5}                  | 400 | could not deserialize payload
            own      | own      | {"relay_id":"{own}","token":"x"}                | 400 | invalid signature on data
            own      | own      | {"relay_id":"{own}","token":"a:b"}              | 400 | bad key encoding
            own      | own      | {"relay_id":"{own}","token":"x{token}"}         | 400 | invalid signature on data
            own      | stranger | {"relay_id":"{own}","token":"{token}"}          | 400 | invalid signature on data
            own      | old      | {"relay_id":"{own}","token":"{token}"}          | 401 | Challenge expired
            own      | own      | {"relay_id":"{stranger}","token":"{token}"}     | 400 | relay_id in payload did not match header
            stranger | own      | {"relay_id":"{own}","token":"{token}"}          | 400 | relay_id in payload did not match header
            stranger | own      | {"relay_id":"{stranger}","token":"{token}"}     | 400 | relay_id in payload did not match header
            """)
    void badAnswerIsRefused(String header, String signer, String template, int status, String detail) {
        String token = RELAY.post("register/challenge/", filled("""
                        {"relay_id":"{own}","public_key":"{key}"}""")).jsonPath().getString("token");
        String body = filled(template).replace("{token}", token);
        String id = header.equals("own") ? RELAY.id() : STRANGER.id();

        assertRefused(TestRelay.send(id, "register/response/", body, sign(signer, body)), status, detail);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, projectconfigs/, 405",
        "PUT, outcomes/, 405",
        "POST, live/, 405",
        "OPTIONS, projectids/, 200",
        "GET, other/, 404"
    })
    void otherMethodsAndPathsAreThoseOfTheApi(String method, String path, int status) {
        assertThat(Api.anonymous().send(method, "relays/" + path).statusCode()).isEqualTo(status);
    }

    /** Bodies that a relay has signed, made of parts of good ones. */
    @Test
    void generatedBodiesNeverFail() {
        String[] parts = {
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "1e9",
            "-1",
            "\"publicKeys\"",
            "\"revisions\"",
            "\"outcomes\"",
            "\"relay_ids\"",
            "\"global\"",
            "\"key_id\"",
            "\"timestamp\"",
            "\"" + Instant.now() + "\"",
            "\"" + UUID.randomUUID().toString().replace("-", "") + "\"",
            "{\"outcomes\":[{\"key_id\":9223372036854775807,"
        };
        String[] paths = {"projectconfigs/?version=3", "projectids/", "publickeys/", "outcomes/"};
        Random random = new Random(21);
        for (int round = 0; round < 400; round++) {
            String body = random.ints(random.nextInt(12), 0, parts.length)
                    .mapToObj(part -> parts[part])
                    .collect(Collectors.joining("", random.nextBoolean() ? "{\"publicKeys\":[" : "", ""));
            int status = RELAY.post(paths[random.nextInt(paths.length)], body).statusCode();
            assertThat(status).as(body).isIn(200, 400);
        }
    }

    private static String filled(String template) {
        return template.replace("{own}", RELAY.id())
                .replace("{stranger}", STRANGER.id())
                .replace("{key}", RELAY.publicKey())
                .replace("{strange}", STRANGER.publicKey());
    }

    private static @Nullable String sign(String signer, String body) {
        return switch (signer) {
            case "nobody" -> null;
            case "garbage" -> "x.y";
            case "stranger" -> STRANGER.sign(body);
            case "old" -> RELAY.sign(body, seconds(-100));
            case "ahead" -> RELAY.sign(body, seconds(60));
            default -> RELAY.sign(body);
        };
    }

    private static Instant seconds(int fromNow) {
        return Instant.now().plusSeconds(fromNow);
    }

    private static void assertRefused(Response response, int status, String detail) {
        assertThat(response.asString()).isEqualTo("{\"detail\":\"" + detail + "\"}");
        assertThat(response.statusCode()).isEqualTo(status);
    }
}
