package dev.countersign.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of an allowed origin are Sentry's. */
class AllowedOriginsTest {

    @ParameterizedTest(name = "{0} allows {1}")
    @CsvSource({
        "*, https://anything.example.org:8443",
        "*, null",
        "https://app.example.com, https://app.example.com",
        "https://app.example.com, https://app.example.com:443",
        "https://app.example.com, HTTPS://APP.example.com",
        "http://localhost:3000, http://localhost:3000",
        "app.example.com, http://app.example.com",
        "app.example.com, https://app.example.com:8443",
        "app.example.com:8443, https://app.example.com:8443",
        "*.example.com, https://app.example.com",
        "*.example.com, https://a.b.example.com",
        "*.example.com, https://example.com",
        "https://*.example.com, https://app.example.com",
        "http://[::1]:3000, http://[::1]:3000"
    })
    void matchingOriginIsAllowed(String rule, String origin) {
        assertThat(AllowedOrigins.isRule(rule)).isTrue();
        assertThat(new AllowedOrigins(List.of("https://other.example.org", rule)).allow(origin))
                .isTrue();
    }

    @ParameterizedTest(name = "{0} refuses {1}")
    @CsvSource({
        "https://app.example.com, http://app.example.com",
        "https://app.example.com, https://app.example.com:8443",
        "https://app.example.com, https://app.example.com.attacker.org",
        "app.example.com, https://attacker.org",
        "app.example.com:8443, https://app.example.com",
        "*.example.com, https://badexample.com",
        "*.example.com, https://example.com.attacker.org",
        "https://*.example.com, http://app.example.com",
        "*.example.com, null",
        "*.example.com, app.example.com",
        "*.example.com, ://",
        "*.example.com, https://exa mple.com"
    })
    void otherOriginIsRefused(String rule, String origin) {
        assertThat(new AllowedOrigins(List.of(rule)).allow(origin)).isFalse();
    }

    @Test
    void emptyListAllowsEveryOrigin() {
        assertThat(AllowedOrigins.ANY.allow("https://anything.example.org")).isTrue();
        assertThat(AllowedOrigins.ANY.isLimited()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"", "app", "https://", "ftp://example.com", "https://example.com/", "https://*", "*.", "a b.c"})
    void malformedRuleIsRecognized(String text) {
        assertThat(AllowedOrigins.isRule(text)).isFalse();
    }
}
