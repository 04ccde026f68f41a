package dev.countersign.web.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Configures how answers look in JSON: raw UTF-8, and times in UTC with milliseconds, such as {@code
 * 2018-08-22T18:23:56.910Z}.
 */
@Singleton
public class JsonFormat implements ObjectMapperCustomizer {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final byte[] TEMPLATE = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.ISO_8859_1);
    private static final int FIRST_YEAR = 1000;
    private static final int LAST_YEAR = 9999;
    private static final int NANOS_OF_MILLI = 1_000_000;

    /** A time as the API writes it. */
    public static String format(Instant instant) {
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        return time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR ? FORMAT.format(instant) : format(time);
    }

    /** The same text as that of the formatter, for a year of four digits, without a walk through the pattern. */
    private static String format(OffsetDateTime time) {
        byte[] text = TEMPLATE.clone();
        put(text, 0, 4, time.getYear());
        put(text, 5, 2, time.getMonthValue());
        put(text, 8, 2, time.getDayOfMonth());
        put(text, 11, 2, time.getHour());
        put(text, 14, 2, time.getMinute());
        put(text, 17, 2, time.getSecond());
        put(text, 20, 3, time.getNano() / NANOS_OF_MILLI);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void put(byte[] text, int start, int digits, int number) {
        for (int i = start + digits - 1, rest = number; i >= start; i--, rest /= 10) {
            text[i] = (byte) ('0' + rest % 10);
        }
    }

    @Override
    public void customize(ObjectMapper mapper) {
        // Write characters beyond the first Unicode plane as UTF-8 and not as escapes.
        mapper.getFactory().enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
        // Write numbers of a project's settings in full: never rounded, never with an exponent.
        mapper.getFactory().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
        mapper.registerModule(new SimpleModule("times").addSerializer(Instant.class, new InstantSerializer()));
    }

    @Override
    public int priority() {
        return MINIMUM_PRIORITY; // after the java.time module, to replace its serializer of Instant
    }

    private static final class InstantSerializer extends StdSerializer<Instant> {
        InstantSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(format(value));
        }
    }
}
