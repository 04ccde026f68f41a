package dev.countersign.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console is off unless it is turned on. */
@QuarkusTest
class ConsoleOffTest {

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/", "/console/page.html", "/console/app.js", "/console/sample.json"})
    void nothingIsServed(String path) {
        assertThat(Api.anonymous().request().redirects().follow(false).get(path).statusCode())
                .isEqualTo(404);
    }
}
