package dev.countersign.relay.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.relay.TestRelay;
import dev.countersign.relay.signature.RelayKey;
import dev.countersign.relay.signature.SignatureFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens of challenges are good with their own secret, and for a minute. */
class ChallengeTokenTest {

    private static final byte[] SECRET = "a secret of the tests".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2026-11-25T20:56:53Z");
    private static final ChallengeToken TOKEN =
            new ChallengeToken(TestRelay.TRUSTED.id(), RelayKey.require(TestRelay.TRUSTED.publicKey()), NOW);

    @Test
    void ownTokenIsRead() {
        assertThat(ChallengeToken.read(TOKEN.sign(SECRET), SECRET)).isEqualTo(TOKEN);
    }

    @Test
    void twoTokensDiffer() {
        assertThat(TOKEN.sign(SECRET)).isNotEqualTo(TOKEN.sign(SECRET));
    }

    @Test
    void stateIsThatOfRelaysLibrary() {
        String state = TOKEN.sign(SECRET).split(":")[0];

        assertThat(new String(Base64.getUrlDecoder().decode(state), StandardCharsets.UTF_8))
                .matches("\\{\"timestamp\":1795640213,\"relay_id\":\"6b7d15b8-cee2-4354-9fee-dae7ef43e434\","
                        + "\"public_key\":\"JOaR2bHZ31zYjFojC7UhPOidzfT3qOQgT9WEBw1JAKU\",\"rand\":\"[\\w-]{86}\"}");
    }

    @Test
    void tokenIsGoodForAMinute() {
        Duration minute = Duration.ofSeconds(60);

        assertThat(TOKEN.fault(NOW, minute)).isNull();
        assertThat(TOKEN.fault(NOW.plusSeconds(60), minute)).isNull();
        assertThat(TOKEN.fault(NOW.plusSeconds(61), minute)).isEqualTo(SignatureFault.TOO_OLD);
        assertThat(TOKEN.fault(NOW.minusSeconds(16), minute)).isEqualTo(SignatureFault.AHEAD);
    }

    /** {@code {state}} and {@code {code}} stand for the parts of a good token. */
    @ParameterizedTest
    @CsvSource({
        "'', BAD_SIGNATURE",
        "x, BAD_SIGNATURE",
        "{state}, BAD_SIGNATURE",
        ":, BAD_SIGNATURE",
        "{state}:, BAD_SIGNATURE",
        ":{code}, BAD_SIGNATURE",
        "{state}x:{code}, BAD_SIGNATURE",
        "a:b, BAD_ENCODING",
        "{state}:{code}x, BAD_ENCODING",
        "{state}:{code}=, BAD_ENCODING",
        "!!:??, BAD_ENCODING"
    })
    void changedTokenIsBad(String template, SignatureFault fault) {
        String[] parts = TOKEN.sign(SECRET).split(":");
        String changed = template.replace("{state}", parts[0]).replace("{code}", parts[1]);

        assertThatThrownBy(() -> ChallengeToken.read(changed, SECRET)).hasMessage(fault.text());
    }

    @Test
    void tokenOfAnotherSecretIsBad() {
        byte[] other = "another secret".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> ChallengeToken.read(TOKEN.sign(other), SECRET))
                .hasMessage(SignatureFault.BAD_SIGNATURE.text());
    }
}
