package dev.countersign.relay.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.relay.TestRelay;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures of relays get the verdicts of Relay's own library. */
class RelaySignatureTest {

    private static final TestRelay RELAY = TestRelay.TRUSTED;
    private static final RelayKey KEY = RelayKey.require(RELAY.publicKey());
    private static final Instant NOW = Instant.parse("2026-11-25T20:56:53Z");
    private static final Duration MAX_AGE = Duration.ofSeconds(300);

    private static final String BODY = """
            {"relay_id":"6b7d15b8-cee2-4354-9fee-dae7ef43e434"}""";

    /** Signed by another implementation of Ed25519, with the key pair of Relay's own tests. */
    private static final String VECTOR =
            "4Q7EaTouyYPPe47YWI-mZWVAGwRHjVxBWo4hwRlXQYwIRTDLjKIo92fdxFemWx67pdqXX4AGK6B2-ZQW0q-BCA"
                    + ".eyJ0IjoiMjAyNC0wMS0wMVQwMDowMDowMFoifQ";

    @Test
    void publishedVectorVerifies() {
        Instant then = Instant.parse("2024-01-01T00:00:00Z");

        assertThat(RelaySignature.fault(VECTOR, bytes(BODY), KEY, then, MAX_AGE))
                .isNull();
        assertThat(RELAY.sign(BODY, then)).isEqualTo(VECTOR);
        assertThat(fault(VECTOR)).isEqualTo(SignatureFault.TOO_OLD);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"t":"2026-11-25T20:56:53.008317434Z"}                  |
            {"t":"2026-11-25T20:56:53.008317Z"}                     |
            {"t":"2026-11-25T20:56:53+00:00"}                       |
            {"t":"2026-11-25T22:56:53+02:00"}                       |
            {"t":"2026-11-25T20:56:53Z","a":"v0"}                   |
            {"t":"2026-11-25T20:56:53Z","a":null}                   |
            {"t":"2026-11-25T20:56:53Z","else":[1]}                 |
            {"t":"2026-11-25T20:57:08Z"}                            |
            {"t":"2026-11-25T20:51:53Z"}                            |
            {"t":"2026-11-25T20:57:09Z"}                            | AHEAD
            {"t":"2026-11-25T20:51:52Z"}                            | TOO_OLD
            {"t":null}                                              | BAD_SIGNATURE
            {"t":1795640213}                                        | BAD_SIGNATURE
            {"t":"yesterday"}                                       | BAD_SIGNATURE
            {}                                                      | BAD_SIGNATURE
            []                                                      | BAD_SIGNATURE
            {"t":"2026-11-25T20:56:53Z"} {}                         | BAD_SIGNATURE
            {                                                       | BAD_SIGNATURE
            ''                                                      | BAD_SIGNATURE
            {"t":"2026-11-25T20:56:53Z","a":"V1"}                   | BAD_SIGNATURE
            {"t":"2026-11-25T20:56:53Z","a":"v2"}                   | BAD_SIGNATURE
            {"t":"2026-11-25T20:56:53Z","a":1}                      | BAD_SIGNATURE
            {"t":"2026-11-25T20:56:53Z","a":"v1"}                   | BAD_SIGNATURE
            """)
    void headerIsJudged(String header, @Nullable SignatureFault fault) {
        assertThat(fault(RELAY.sign(BODY, header, false))).isEqualTo(fault);
    }

    @Test
    void prehashedSignatureVerifiesOnlyUnderItsName() {
        String named = """
                {"t":"2026-11-25T20:56:53Z","a":"v1"}""";
        String unnamed = """
                {"t":"2026-11-25T20:56:53Z"}""";

        assertThat(fault(RELAY.sign(BODY, named, true))).isNull();
        assertThat(fault(RELAY.sign(BODY, unnamed, true))).isEqualTo(SignatureFault.BAD_SIGNATURE);
    }

    @Test
    void malformedSignatureIsBad() {
        String good = RELAY.sign(BODY, NOW);
        String[] halves = good.split("\\.");

        assertThat(fault(good)).isNull();
        assertThat(halves[0]).hasSize(86);
        for (String bad : new String[] {
            "",
            ".",
            "x",
            halves[0],
            halves[0] + ".",
            "." + halves[1],
            good + ".",
            good + "=",
            halves[0] + "==." + halves[1],
            good + "." + halves[1],
            "+/" + good.substring(2),
            halves[0].substring(1) + "." + halves[1],
            " " + good
        }) {
            assertThat(fault(bad)).as(bad).isEqualTo(SignatureFault.BAD_SIGNATURE);
        }
    }

    @Test
    void otherBodyOrKeyIsBad() {
        String good = RELAY.sign(BODY, NOW);
        TestRelay other = TestRelay.create(RELAY.id());

        assertThat(RelaySignature.fault(good, bytes(BODY + " "), KEY, NOW, MAX_AGE))
                .isEqualTo(SignatureFault.BAD_SIGNATURE);
        assertThat(fault(other.sign(BODY, NOW))).isEqualTo(SignatureFault.BAD_SIGNATURE);
        assertThat(RelaySignature.fault(
                        other.sign(BODY, NOW), bytes(BODY), RelayKey.require(other.publicKey()), NOW, MAX_AGE))
                .isNull();
    }

    /** Jackson takes such bytes for UTF-32. The header is parsed before the signature is verified, so anyone can send them. */
    @ParameterizedTest
    @ValueSource(strings = {"0000fffe", "00007b00", "007b0000", "0000007b7fffffff", "fffe0000ff", "ff"})
    void headerThatIsNoTextIsBad(String hex) {
        String signature = RELAY.sign(BODY, NOW).split("\\.")[0];
        String header = TestRelay.encode(HexFormat.of().parseHex(hex));

        assertThat(fault(signature + "." + header)).isEqualTo(SignatureFault.BAD_SIGNATURE);
    }

    /** Whatever a header holds, the answer is a verdict and no exception. */
    @Test
    void generatedHeadersGetAVerdict() {
        Random random = new Random(21);
        String good = RELAY.sign(BODY, NOW);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(good);
            for (int change = 0; change <= random.nextInt(4); change++) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(0x180));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, "AZaz09-_.={}\"".charAt(random.nextInt(13)));
                }
            }
            if (!text.toString().equals(good)) {
                assertThat(fault(text.toString())).as(text.toString()).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "JOaR2bHZ31zYjFojC7UhPOidzfT3qOQgT9WEBw1JAKU=",
                "JOaR2bHZ31zYjFojC7UhPOidzfT3qOQgT9WEBw1JAK",
                "JOaR2bHZ31zYjFojC7UhPOidzfT3qOQgT9WEBw1JAKV",
                "JOaR2bHZ31zYjFojC7UhPOidzfT3qOQgT9WEBw1JAKUA",
                "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void malformedKeyIsRefused(String text) {
        assertThatThrownBy(() -> RelayKey.require(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** For each of these, a signature by nobody holds for one message of a few. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void keyOfSmallOrderIsRefused(String hex) {
        String text = TestRelay.encode(HexFormat.of().parseHex(hex));

        assertThatThrownBy(() -> RelayKey.require(text)).hasMessage("is a public key for which anyone can sign");
    }

    private static @Nullable SignatureFault fault(String signature) {
        return RelaySignature.fault(signature, bytes(BODY), KEY, NOW, MAX_AGE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
