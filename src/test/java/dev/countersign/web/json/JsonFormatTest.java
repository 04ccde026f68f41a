package dev.countersign.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times in answers are texts in UTC, to the millisecond. */
class JsonFormatTest {

    private static final int TIMES = 1000;
    private static final long SECONDS_OF_TWO_THOUSAND_YEARS = 63_113_904_000L;

    @ParameterizedTest
    @CsvSource(textBlock = """
            2018-08-22T18:23:56.910999Z,    2018-08-22T18:23:56.910Z
            1970-01-01T00:00:00Z,           1970-01-01T00:00:00.000Z
            2024-02-29T23:59:59.001Z,       2024-02-29T23:59:59.001Z
            1000-01-01T00:00:00Z,           1000-01-01T00:00:00.000Z
            9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999Z
            0999-12-31T23:59:59.999Z,       0999-12-31T23:59:59.999Z
            -0001-01-01T00:00:00Z,          -0001-01-01T00:00:00.000Z
            +10000-01-01T00:00:00Z,         +10000-01-01T00:00:00.000Z
            """)
    void timesHaveMilliseconds(Instant time, String text) {
        assertThat(JsonFormat.format(time)).isEqualTo(text);
    }

    @Test
    void randomTimesAreThoseOfTheFormatter() {
        DateTimeFormatter formatter =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
        Random random = new Random(7);
        for (int i = 0; i < TIMES; i++) {
            Instant time = Instant.ofEpochSecond(
                    random.nextLong(-SECONDS_OF_TWO_THOUSAND_YEARS, SECONDS_OF_TWO_THOUSAND_YEARS),
                    random.nextInt(1_000_000_000));
            assertThat(JsonFormat.format(time)).isEqualTo(formatter.format(time));
        }
    }
}
