package dev.countersign.issuer.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.countersign.issuer.token.Signatures;
import dev.countersign.issuer.token.UnverifiedToken;
import dev.countersign.testsupport.issuer.RsaKey;
import dev.countersign.testsupport.issuer.Signer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys of a set are used, and with which algorithms. */
class KeySetTest {

    private static final Signer GOOD = new Signer("good", "RS256", RsaKey.FIRST.pair());

    @ParameterizedTest
    @MethodSource
    void everyAlgorithmIsVerified(Signer signer, Signer other) throws Exception {
        VerificationKey key = key(signer.jwk("\"alg\":\"" + signer.algorithm() + "\","));

        assertThat(Signatures.isSignedBy(key, token(signer.sign("{}")))).isTrue();
        assertThat(Signatures.isSignedBy(key, token(other.sign("{}")))).isFalse();
    }

    static Stream<Arguments> everyAlgorithmIsVerified() {
        return Stream.of(
                arguments(rsa("RS256", RsaKey.FIRST), rsa("RS256", RsaKey.SECOND)),
                arguments(rsa("PS256", RsaKey.FIRST), rsa("PS256", RsaKey.SECOND)),
                arguments(Signer.create("k", "ES256"), Signer.create("k", "ES256")),
                arguments(Signer.create("k", "EdDSA"), Signer.create("k", "EdDSA")));
    }

    @ParameterizedTest
    @CsvSource({"RS256,PS256", "PS256,RS256"})
    void algorithmOfAKeyBinds(String bound, String used) throws Exception {
        Signer signer = new Signer("k", used, GOOD.keys());

        assertThat(Signatures.isSignedBy(key(signer.jwk("\"alg\":\"" + bound + "\",")), token(signer.sign("{}"))))
                .isFalse();
        assertThat(Signatures.isSignedBy(key(signer.jwk("")), token(signer.sign("{}"))))
                .isTrue();
    }

    /** Java took a signature of zeros for a good one of every key once. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
                "00000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000000",
                "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
                "00"
            })
    void signatureOfZerosIsNone(String hex) throws Exception {
        Signer signer = Signer.create("k", "ES256");
        String token = signer.sign("{}");
        String forged = token.substring(0, token.lastIndexOf('.') + 1)
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(HexFormat.of().parseHex(hex));

        assertThat(Signatures.isSignedBy(key(signer.jwk("")), token(forged))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "use":"enc",
            "use":7,
            "alg":"RS512",
            "alg":"HS256",
            "alg":7,
            "key_ops":["sign"],
            "key_ops":[],
            """)
    void keyForAnotherUseIsLeftOut(String more) throws Exception {
        assertOnlyTheGoodOneIsUsed(rsa("RS256", RsaKey.SECOND).jwk(more));
    }

    @Test
    void weakRsaKeysAreLeftOut() throws Exception {
        String strong = rsa("RS256", RsaKey.SECOND).jwk("");
        assertOnlyTheGoodOneIsUsed(Signer.create("k", "RS256", 1024).jwk(""));
        assertOnlyTheGoodOneIsUsed(strong.replace("\"e\":\"AQAB\"", "\"e\":\"AQ\""));
        assertOnlyTheGoodOneIsUsed(strong.replace("\"e\":\"AQAB\"", "\"e\":\"Ag\""));
        assertOnlyTheGoodOneIsUsed(strong.replace("\"e\":\"AQAB\"", "\"e\":\"\""));
        assertThat(strong).contains("\"e\":\"AQAB\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"oct\",\"kid\":\"k\",\"k\":\"AAAA\"}",
                "{\"kty\":\"EC\",\"kid\":\"k\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                "{\"kty\":\"EC\",\"kid\":\"k\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"EC\",\"kid\":\"k\",\"crv\":\"P-256\"}",
                "{\"kty\":\"RSA\",\"kid\":\"k\"}",
                "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"!!\",\"e\":\"AQAB\"}",
                "{\"kty\":\"XYZ\",\"kid\":\"k\"}",
                "{\"kid\":\"k\"}",
                "{\"kty\":7,\"kid\":\"k\"}",
                "7",
                "null",
                "[]"
            })
    void malformedKeyIsLeftOutWithoutTheOthers(String key) throws Exception {
        assertOnlyTheGoodOneIsUsed(key);
    }

    /** All points of small order, and two that are not on the curve or not in the one right form. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void ed25519KeyOfSmallOrderOrOffTheCurveIsLeftOut(String point) throws Exception {
        String x = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(HexFormat.of().parseHex(point));

        assertOnlyTheGoodOneIsUsed("""
                {"kty":"OKP","crv":"Ed25519","kid":"k","x":"%s"}""".formatted(x));
    }

    @Test
    void keyWithoutIdOrWithTheIdOfAnotherIsLeftOut() throws Exception {
        assertOnlyTheGoodOneIsUsed(new Signer("", "RS256", RsaKey.SECOND.pair()).jwk(""));
        String one = rsa("RS256", RsaKey.SECOND).jwk("");
        String two = rsa("RS256", RsaKey.LARGE).jwk("");
        assertOnlyTheGoodOneIsUsed(one + "," + two);
        assertOnlyTheGoodOneIsUsed(one + "," + two + "," + one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"keys\":{}}",
                "{\"keys\":[]}",
                "{\"keys\":[]} x",
                "<html>",
                "{\"keys\":[],\"keys\":[]}"
            })
    void everythingElseIsNoSet(String json) {
        assertThatThrownBy(() -> KeySet.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(KeySet.InvalidKeysException.class);
    }

    @Test
    void setOfMoreThan100KeysIsNone() {
        String keys = IntStream.range(0, 101).mapToObj(i -> GOOD.jwk("")).collect(Collectors.joining(","));

        assertThatThrownBy(() -> KeySet.read(("{\"keys\":[" + keys + "]}").getBytes(StandardCharsets.UTF_8)))
                .hasMessage("the set has more than 100 keys");
    }

    private static void assertOnlyTheGoodOneIsUsed(String keys) throws Exception {
        assertThat(read(keys + "," + GOOD.jwk("")).keys()).containsOnlyKeys("good");
    }

    private static Signer rsa(String algorithm, RsaKey key) {
        return new Signer("k", algorithm, key.pair());
    }

    private static VerificationKey key(String jwk) throws Exception {
        return Objects.requireNonNull(read(jwk).find("k"));
    }

    private static KeySet read(String keys) throws Exception {
        return KeySet.read(("{\"keys\":[" + keys + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private static UnverifiedToken token(String text) {
        return Objects.requireNonNull(UnverifiedToken.parse(text));
    }
}
