package dev.countersign.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads {@code Accept-Encoding}. */
class GzipTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"gzip", "GZIP", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8, *;q=0.1", "*", "deflate,gzip ;q=1"})
    void gzipIsAccepted(String acceptEncoding) {
        assertThat(Gzip.isAccepted(acceptEncoding)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "gzip; q=0.000, *", "*;q=0", ",;,", "xgzip"})
    void gzipIsNotAccepted(String acceptEncoding) {
        assertThat(Gzip.isAccepted(acceptEncoding)).isFalse();
    }

    @Test
    void missingHeaderMeansNoCompression() {
        assertThat(Gzip.isAccepted(null)).isFalse();
    }
}
