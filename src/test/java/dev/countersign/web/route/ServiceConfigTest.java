package dev.countersign.web.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The base of links. */
class ServiceConfigTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://keys.example.com", "https://keys.example.com/", "https://keys.example.com//"})
    void baseOfLinksHasNoTrailingSlash(String urlPrefix) {
        assertThat(ServiceConfig.baseUrl(() -> Optional.of(urlPrefix))).isEqualTo("https://keys.example.com");
    }

    @Test
    void linksWithoutAPrefixHaveNoBase() {
        assertThat(ServiceConfig.baseUrl(Optional::empty)).isEmpty();
    }
}
