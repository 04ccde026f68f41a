package dev.countersign.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.issuer.RsaKey;
import dev.countersign.testsupport.issuer.Signer;
import dev.countersign.testsupport.issuer.TestIssuer;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that somebody made to be taken for good ones; each is 401, and the good one beside them is not. */
@QuarkusTest
class HostileTokenTest extends WithTenant {

    private static final String HEADER = """
            {"alg":"RS256","kid":"tests"}""";

    @Test
    void goodTokenIsServed() {
        assertStatus(TestIssuer.signer().sign(HEADER, claims()), 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
    void tokenWithoutSignatureIsInvalid(String algorithm) {
        String header = Signer.encode("{\"alg\":\"" + algorithm + "\",\"kid\":\"tests\"}");

        assertStatus(header + "." + Signer.encode(claims()) + ".", 401);
        assertStatus(header + "." + Signer.encode(claims()) + ".AAAA", 401);
    }

    /** The public key is public: whoever takes it for a shared secret takes everybody's tokens. */
    @ParameterizedTest
    @ValueSource(strings = {"X.509", "PEM", "JWK"})
    void publicKeyIsNoSharedSecret(String form) throws GeneralSecurityException {
        byte[] key = TestIssuer.signer().keys().getPublic().getEncoded();
        byte[] secret =
                switch (form) {
                    case "PEM" ->
                        ("-----BEGIN PUBLIC KEY-----\n"
                                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                                .encodeToString(key) + "\n-----END PUBLIC KEY-----\n")
                                .getBytes(StandardCharsets.US_ASCII);
                    case "JWK" -> TestIssuer.signer().jwk("").getBytes(StandardCharsets.US_ASCII);
                    default -> key;
                };
        String signed = Signer.encode("""
                {"alg":"HS256","kid":"tests"}""") + "." + Signer.encode(claims());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));

        assertStatus(
                signed + "."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII))),
                401);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "aud":["other","countersign"]  | "aud":"other"
            "aud":["other","countersign"]  | "aud":["other"]
            "aud":["other","countersign"]  | "aud":[]
            "aud":["other","countersign"]  | "aud":"countersign "
            "aud":["other","countersign"]  | "aud":"Countersign"
            "aud":["other","countersign"]  | "aud":["countersign",7]
            "aud":["other","countersign"]  | "aud":{"countersign":true}
            "aud":["other","countersign"],  | ``
            "iss":"https://issuer.example.com" | "iss":"https://issuer.example.com/"
            "iss":"https://issuer.example.com" | "iss":"https://ISSUER.example.com"
            "iss":"https://issuer.example.com" | "iss":["https://issuer.example.com"]
            "iss":"https://issuer.example.com" | "iss":""
            "sub":"job"                    | "sub":""
            "sub":"job"                    | "sub":7
            "sub":"job"                    | "sub":null
            "sub":"job"                    | "sub":"a\\u0000b"
            "sub":"job"                    | "sub":"a\\nb"
            "sub":"job"                    | "sub":"a\\ud800"
            "sub":"job"                    | "sub":"job","sub":"job"
            "sub":"job"                    | "sub":"job","\\u0073ub":"other"
            "sub":"job"                    | "sub":"job","n":NaN
            "sub":"job"                    | "sub":"job","role":"org:read"
            "sub":"job"                    | "sub":"job",
            "sub":"job"                    | "sub":"job","nbf":"0"
            "sub":"job"                    | "sub":"job","iat":9999999999
            "sub":"job"                    | "sub":"job","nbf":9999999999
            "exp":[0-9]+                   | "exp":"2000000000"
            "exp":[0-9]+                   | "exp":null
            "exp":[0-9]+                   | "exp":true
            "exp":[0-9]+                   | "exp":-1
            "exp":[0-9]+                   | "exp":1e400
            "exp":[0-9]+                   | "exp":2000000000000
            "exp":[0-9]+                   | "exp":[2000000000]
            ,"exp":[0-9]+                  | ``
            }$                             | }x
            }$                             | }{}
            ^\\{                           | [
            """)
    void claimsThatAreNotExactlyRightAreInvalid(String good, String bad) {
        String claims = claims().replaceFirst(
                        good.startsWith("\"aud\"") ? Pattern.quote(good) : good,
                        Matcher.quoteReplacement(bad == null ? "" : bad));
        assertThat(claims).isNotEqualTo(claims());

        assertStatus(TestIssuer.signer().sign(HEADER, claims), 401);
    }

    @Test
    void subjectOf513CharactersIsInvalidAndOf512IsNot() {
        assertStatus(TestIssuer.signer().sign(HEADER, claims().replace("\"job\"", '"' + "s".repeat(513) + '"')), 401);
        assertStatus(TestIssuer.signer().sign(HEADER, claims().replace("\"job\"", '"' + "s".repeat(512) + '"')), 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"RS256\"}",
                "{\"alg\":\"RS256\",\"kid\":\"\"}",
                "{\"alg\":\"RS256\",\"kid\":7}",
                "{\"alg\":\"RS256\",\"kid\":\"../../../../etc/passwd\"}",
                "{\"alg\":\"RS256\",\"kid\":\"tests' OR '1'='1\"}",
                "{\"alg\":\"RS256\",\"kid\":\"tests\\u0000\"}",
                "{\"alg\":\"RS256\",\"kid\":\"tests\",\"kid\":\"tests\"}",
                "{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"tests\"}",
                "{\"alg\":\"RS256\",\"kid\":\"tests\",\"crit\":[\"exp\"],\"exp\":1}",
                "{\"alg\":\"RS256\",\"kid\":\"tests\",\"crit\":[]}",
                "{\"alg\":\"RS256\",\"kid\":\"tests\",\"zip\":\"DEF\"}",
                "{\"alg\":\"RS256\",\"kid\":\"tests\",\"b64\":false}",
                "{\"alg\":\"RS384\",\"kid\":\"tests\"}",
                "{\"alg\":\"rs256\",\"kid\":\"tests\"}",
                "{\"alg\":\"ES256\",\"kid\":\"tests\"}",
                "{\"alg\":\"PS256\",\"kid\":\"tests\"}",
                "{\"alg\":[\"RS256\"],\"kid\":\"tests\"}",
                "{\"kid\":\"tests\"}",
                "[\"RS256\"]",
                "null",
                "\uFEFF{\"alg\":\"RS256\",\"kid\":\"tests\"}"
            })
    void headerThatIsNotExactlyRightIsInvalid(String header) {
        assertStatus(TestIssuer.signer().sign(header, claims()), 401);
    }

    /** The attacker signs with a key of its own, and the token brings the key, or says where it is. */
    @Test
    void keyThatATokenBringsIsIgnored() {
        Signer attacker = new Signer("tests", "RS256", RsaKey.SECOND.pair());
        String header = """
                {"alg":"RS256","kid":"tests","jwk":%s,"jku":"http://127.0.0.1:1/jwks","x5u":"http://127.0.0.1:1/x","x5c":["AAAA"]}""";

        assertStatus(attacker.sign(header.formatted(attacker.jwk("")), claims()), 401);
        assertStatus(TestIssuer.signer().sign(header.formatted(attacker.jwk("")), claims()), 200);
    }

    @Test
    void tokenOver16KiBIsInvalidBeforeAnythingIsParsed() {
        String padding = "\"job\",\"pad\":\"" + "x".repeat(13_000) + '"';

        assertStatus(
                TestIssuer.signer()
                        .sign(
                                HEADER,
                                claims().replace("\"job\"", padding.replace("x".repeat(13_000), "x".repeat(11_000)))),
                200);
        assertStatus(TestIssuer.signer().sign(HEADER, claims().replace("\"job\"", padding)), 401);
        assertThat(Api.bearer("a".repeat(30_000) + "." + "a".repeat(30_000) + ".a")
                        .status("GET", "auth/"))
                .isEqualTo(401);
        assertThat(Api.bearer("a".repeat(65_536) + ".a.a").status("GET", "auth/"))
                .isEqualTo(431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a.b.c.d", "a.b.c.d.e", "..", "a..c", ".b.c", "a.b.", "a.b.c=", "a.b.c+", "a. b.c"})
    void textsThatAreNoTokenAreInvalid(String text) {
        assertStatus(text, 401);
    }

    @Test
    void changedPartsAreInvalid() {
        String[] good = TestIssuer.signer().sign(HEADER, claims()).split("\\.");
        String[] other =
                TestIssuer.token("job", tenant.organization(), "org:admin").split("\\.");

        assertStatus(good[0] + "." + other[1] + "." + good[2], 401);
        assertStatus(good[0] + "." + good[1] + "." + other[2], 401);
        assertStatus(good[0] + "." + good[1] + "." + good[2] + "=", 401);
        assertStatus(good[0] + "=." + good[1] + "." + good[2], 401);
        assertStatus(good[0] + "." + good[1] + "." + good[2].substring(0, 100), 401);
        assertStatus(good[0] + "." + good[1] + "." + good[2] + "AAAA", 401);
    }

    @Test
    void deepJsonIsInvalid() {
        assertStatus(
                TestIssuer.signer().sign(HEADER, claims().replace("\"job\"", "\"job\",\"n\":" + "[".repeat(5000))),
                401);
        assertStatus(
                TestIssuer.signer()
                        .sign(
                                HEADER,
                                claims().replace("\"job\"", "\"job\",\"n\":" + "[".repeat(2000) + "]".repeat(2000))),
                401);
    }

    private String claims() {
        long now = Instant.now().getEpochSecond();
        return """
                {"iss":"%s","aud":["other","%s"],"sub":"job","org":"%s","role":"org:read","exp":%d}""".formatted(TestIssuer.ISSUER, TestIssuer.AUDIENCE, tenant.organization(), now + 600);
    }

    private static void assertStatus(String token, int status) {
        assertThat(Api.bearer(token).status("GET", "auth/")).as(token).isEqualTo(status);
    }
}
