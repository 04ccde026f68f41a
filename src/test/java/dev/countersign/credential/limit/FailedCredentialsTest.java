package dev.countersign.credential.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.web.error.ApiException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The answer to an address that sends too many bad credentials. {@link LimitIT} has the counting. */
class FailedCredentialsTest {

    /** A client would repeat its request at once after {@code Retry-After: 0}. */
    @Test
    void retryAfterIsAtLeastASecond() {
        FailedCredentials failed = failedCredentials("1s");
        failed.count("192.0.2.1");

        ApiException.TooManyRequests refused =
                catchThrowableOfType(ApiException.TooManyRequests.class, () -> failed.count("192.0.2.1"));

        assertThat(refused.retryAfterSeconds()).isEqualTo(1);
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
