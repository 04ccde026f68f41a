package dev.countersign.web.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.countersign.web.error.ApiException;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;

/**
 * Static helper: parses form-urlencoded and multipart bodies into a JSON tree. {@code rateLimit.count=5} becomes the member
 * {@code count} of the object {@code rateLimit}, as in Django REST framework. A repeated name becomes a list. Files are
 * ignored.
 */
final class FormParser {

    /** The greatest number of fields of a form. */
    static final int MAX_FIELDS = 128;

    private FormParser() {}

    static JsonNode parse(String contentType, byte[] bytes) {
        try {
            return isMultipart(contentType) ? MultipartForm.parse(contentType, bytes) : urlEncoded(bytes);
        } catch (IOException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | MultipartParser.MalformedMessageException e) {
            throw new ApiException.BadRequest("Form parse error - the body does not match its content type");
        }
    }

    /** Adds a value. In {@code a.b} the part before the dot names an object, and the rest names its member. */
    static void add(ObjectNode form, String name, JsonNode value) {
        int dot = name.indexOf('.');
        JsonNode earlier = dot > 0 ? form.path(name.substring(0, dot)) : NullNode.getInstance();
        if (earlier.isMissingNode() || earlier.isObject()) {
            put(form.withObjectProperty(name.substring(0, dot)), name.substring(dot + 1), value);
        } else {
            put(form, name, value);
        }
    }

    private static boolean isMultipart(String contentType) {
        return contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static ObjectNode urlEncoded(byte[] bytes) {
        String body = new String(bytes, StandardCharsets.UTF_8);
        if (body.chars().filter(c -> c == '&').count() >= MAX_FIELDS) {
            throw new IllegalArgumentException("too many fields");
        }
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        new QueryStringDecoder(body, StandardCharsets.UTF_8, false, MAX_FIELDS, true)
                .parameters()
                .forEach((name, values) -> values.forEach(value -> add(form, name, TextNode.valueOf(value))));
        return form;
    }

    private static void put(ObjectNode object, String name, JsonNode value) {
        JsonNode earlier = object.get(name);
        if (earlier == null) {
            object.set(name, value);
        } else if (earlier instanceof ArrayNode list) {
            list.add(value);
        } else {
            object.putArray(name)
                    .add(earlier instanceof TextNode ? earlier : TextNode.valueOf(""))
                    .add(value);
        }
    }
}
