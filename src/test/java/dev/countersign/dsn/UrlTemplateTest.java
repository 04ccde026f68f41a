package dev.countersign.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each place is replaced by its value, and all else stays. */
class UrlTemplateTest {

    private static final String[] VALUES = {"7", "42", "public", ""};
    private static final int OFFSET = 3;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'', ''",
        "no places, no places",
        "{project}, 42",
        "{public}:{secret}@, public:@",
        "{project}{project}/{organization_id}, 4242/7",
        "o{organization_id}.x/{key}/{, o7.x/{key}/{"
    })
    void placesAreFilled(String text, String filled) {
        UrlTemplate template = new UrlTemplate(text);
        byte[] array = new byte[filled.length() + 2 * OFFSET];

        assertThat(template.fill(VALUES)).isEqualTo(filled);
        assertThat(template.length(VALUES)).isEqualTo(filled.length());
        assertThat(template.copy(VALUES, array, OFFSET)).isEqualTo(OFFSET + filled.length());
        assertThat(new String(Arrays.copyOfRange(array, OFFSET, OFFSET + filled.length()), StandardCharsets.US_ASCII))
                .isEqualTo(filled);
        assertThat(Arrays.copyOfRange(array, OFFSET + filled.length(), array.length))
                .containsOnly(0);
    }
}
