package dev.countersign.credential.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Poll;
import dev.countersign.web.error.ApiException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The answer to an address that sends too many bad credentials. {@link LimitIT} has the counting. */
class FailedCredentialsTest {

    /** A client would repeat its request at once after {@code Retry-After: 0}. */
    @Test
    void retryAfterIsAtLeastASecond() {
        FailedCredentials failed = failedCredentials("1s");

        List<Long> waits = Poll.until(() -> waits(failed), seconds -> !seconds.isEmpty());

        assertThat(waits).containsExactly(1L);
    }

    /** How long one more bad credential has to wait; nothing where the window of the one before is over. */
    private static List<Long> waits(FailedCredentials failed) {
        try {
            failed.count("192.0.2.1");
            return List.of();
        } catch (ApiException.TooManyRequests refused) {
            return List.of(refused.retryAfterSeconds());
        }
    }

    private static FailedCredentials failedCredentials(String window) {
        LimitConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(LimitConfig.class)
                .withValidateUnknown(false)
                .withDefaultValues(Map.of(
                        "countersign.failed-credentials.limit", "1", "countersign.failed-credentials.window", window))
                .build()
                .getConfigMapping(LimitConfig.class);
        return new FailedCredentials(config);
    }
}
