package dev.countersign.web.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
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

    /** A time as the API writes it. */
    public static String format(Instant instant) {
        return FORMAT.format(instant);
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
