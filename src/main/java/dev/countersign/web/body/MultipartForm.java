package dev.countersign.web.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.common.headers.HeaderUtil;
import org.jboss.resteasy.reactive.common.util.CaseInsensitiveMap;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;
import org.jspecify.annotations.Nullable;

/**
 * Turns the parts of a multipart body into one JSON object, and ignores files. A part of the type {@code application/json}
 * becomes a JSON value, because clients send nested objects in such parts. Every other part becomes a text. A part with a
 * file name is ignored.
 */
final class MultipartForm implements MultipartParser.PartHandler {

    /** The limit to the JSON of all parts together; {@link JsonLimits} limits each part alone. */
    private static final int MAX_JSON_BYTES = 128 * 1024;

    private final ObjectNode form = JsonNodeFactory.instance.objectNode();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable String name;
    private boolean json;
    private int parts;
    private int jsonBytes;

    private MultipartForm() {}

    /**
     * Reads a body.
     *
     * @throws IllegalArgumentException if the body has no boundary, no end or more than {@link FormParser#MAX_FIELDS} parts
     */
    static ObjectNode parse(String contentType, byte[] body) throws IOException {
        String boundary = HeaderUtil.extractQuotedValueFromHeader(contentType, "boundary");
        if (boundary == null || boundary.isEmpty()) {
            throw new IllegalArgumentException("no boundary");
        }
        MultipartForm parts = new MultipartForm();
        var parser = MultipartParser.beginParse(
                parts, boundary.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8.name());
        parser.parse(ByteBuffer.wrap(body));
        if (!parser.isComplete()) {
            throw new IllegalArgumentException("no end");
        }
        return parts.form;
    }

    @Override
    public void beginPart(CaseInsensitiveMap<String> headers) {
        parts++;
        if (parts > FormParser.MAX_FIELDS) {
            throw new IllegalArgumentException("too many parts");
        }
        String disposition = headers.getFirst("Content-Disposition");
        String type = headers.getFirst("Content-Type");
        boolean file = disposition == null
                || HeaderUtil.extractQuotedValueFromHeaderWithEncoding(disposition, "filename") != null;
        name = file ? null : HeaderUtil.extractQuotedValueFromHeader(disposition, "name");
        json = type != null && BodyParser.mediaType(type).equals(BodyParser.JSON_TYPE);
        bytes.reset();
    }

    @Override
    public void data(ByteBuffer data) {
        while (data.hasRemaining()) {
            bytes.write(data.get());
        }
    }

    @Override
    public void endPart() {
        if (name != null) {
            FormParser.add(form, name, json ? json() : TextNode.valueOf(bytes.toString(StandardCharsets.UTF_8)));
        }
    }

    private JsonNode json() {
        jsonBytes += bytes.size();
        if (jsonBytes > MAX_JSON_BYTES) {
            throw new IllegalArgumentException("too much JSON");
        }
        return BodyParser.json(bytes.toByteArray());
    }
}
