package dev.countersign.dsn;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/**
 * Writes the URLs of a key as JSON: all bytes at once. Jackson would ask for each URL by reflection, and look at each of its
 * characters for one to escape. An indented answer is written member by member.
 */
final class DsnUrlsWriter extends StdSerializer<DsnUrls> {

    DsnUrlsWriter() {
        super(DsnUrls.class);
    }

    @Override
    public void serialize(DsnUrls urls, JsonGenerator out, SerializerProvider provider) throws IOException {
        if (out.getPrettyPrinter() == null) {
            out.writeRawValue(urls.json());
            return;
        }
        out.writeStartObject();
        for (int i = 0; i < DsnBuilder.NAMES.size(); i++) {
            out.writeStringField(DsnBuilder.NAMES.get(i), urls.url(i));
        }
        out.writeEndObject();
    }
}
