package dev.countersign.loader.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which exact version of the SDK a choice means, and what stands in a URL in place of each {@code %s}. */
class SdkVersionsTest {

    private final SdkVersions versions =
            new SdkVersions(List.of("7.9.0", "7.10.1", "7.120.4", "8.55.2", "8.9.9", "10.78.0", "10.9.0"));

    @ParameterizedTest
    @CsvSource({
        "10.x, 10.78.0",
        "8.x, 8.55.2",
        "7.x, 7.120.4",
        "latest, 7.120.4",
        "9.x, 10.78.0",
        "11.x, 10.78.0",
        "99999999999.x, 10.78.0",
        "x, 10.78.0"
    })
    void choiceIsTheHighestOfItsMajorVersionOrElseTheNewest(String choice, String version) {
        assertThat(versions.find(choice)).isEqualTo(version);
    }

    @Test
    void nothingIsFoundAmongNoVersions() {
        assertThat(new SdkVersions(List.of()).find("10.x")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10.x", "10.1", "10.1.2-beta.1", "10.1.2/..", " 10.1.2", "12345.1.1"})
    void versionIsThreeNumbers(String text) {
        assertThatThrownBy(() -> new SdkVersions(List.of(text))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a/%s/bundle%s.min.js, https://a/10.78.0/bundle.tracing.min.js",
        "https://a/%s/bundle.min.js, https://a/10.78.0/bundle.min.js",
        "https://a/bundle.min.js, https://a/bundle.min.js",
        "https://a/%s/%s/%s, https://a/%s/%s/%s"
    })
    void patternTakesVersionAndModifier(String pattern, String url) {
        assertThat(SdkBundles.fill(pattern, "10.78.0", ".tracing")).isEqualTo(url);
    }
}
