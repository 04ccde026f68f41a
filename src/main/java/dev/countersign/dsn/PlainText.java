package dev.countersign.dsn;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.UTF8JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Annotation: marks a text that has no character that JSON would escape, and only ASCII. The URLs of a key consist of a
 * checked {@link Endpoint}, a checked subdomain, ids and keys.
 */
@Retention(RetentionPolicy.RUNTIME)
@JacksonAnnotationsInside
@JsonSerialize(using = PlainText.Writer.class)
@interface PlainText {

    /** Writes the bytes of the text into the answer as they are. Jackson would look at each character. */
    final class Writer extends StdSerializer<String> {

        /** The length of the longest URL that is copied without a new array, in bytes. */
        private static final int BUFFER_BYTES = 1024;

        private static final ThreadLocal<byte[]> BUFFER = ThreadLocal.withInitial(() -> new byte[BUFFER_BYTES]);

        Writer() {
            super(String.class);
        }

        @Override
        @SuppressWarnings("deprecation") // the only method that copies a text into an existing array; right for ASCII
        public void serialize(String text, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (out instanceof UTF8JsonGenerator && text.length() <= BUFFER_BYTES) {
                byte[] buffer = BUFFER.get();
                text.getBytes(0, text.length(), buffer, 0);
                out.writeRawUTF8String(buffer, 0, text.length());
            } else {
                out.writeString(text);
            }
        }
    }
}
