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

/** How the API writes JSON: raw UTF-8, and every time in UTC, {@code Z}, three fraction digits, such as {@code 2018-08-22T18:23:56.910Z}. */
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
        // Characters beyond the first plane as they are, like all others.
        mapper.getFactory().enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
        // A number of a project's settings as it was sent, or written out: never rounded, never with an exponent.
        mapper.getFactory().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
        mapper.registerModule(new SimpleModule("times").addSerializer(Instant.class, new InstantSerializer()));
    }

    @Override
    public int priority() {
        return MINIMUM_PRIORITY; // after the module of java.time, which has a serializer of its own
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
