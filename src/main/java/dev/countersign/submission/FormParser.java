package dev.countersign.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.countersign.error.ApiException;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Reads form-urlencoded and multipart bodies. {@code rateLimit.count=5} is the member {@code count} of the object
 * {@code rateLimit}, as Django REST framework has it; a repeated name is a list; files are ignored.
 */
final class FormParser {

    private FormParser() {}

    static JsonNode parse(String contentType, byte[] bytes) {
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(bytes));
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        HttpPostRequestDecoder decoder = null;
        try {
            // In memory only: the size of the body is limited before it comes here.
            decoder = new HttpPostRequestDecoder(new DefaultHttpDataFactory(false), request);
            boolean withoutBoundary = isMultipart(contentType) && !decoder.isMultipart();
            if (withoutBoundary || decoder.getBodyHttpDatas().isEmpty()) {
                throw malformed();
            }
            return tree(decoder.getBodyHttpDatas());
        } catch (IOException | IllegalArgumentException | DecoderException | IndexOutOfBoundsException e) {
            throw malformed(); // the last: of a boundary without characters
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
        }
    }

    private static boolean isMultipart(String contentType) {
        return contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static ObjectNode tree(List<InterfaceHttpData> parts) throws IOException {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        for (InterfaceHttpData part : parts) {
            if (part instanceof Attribute attribute) {
                add(form, attribute.getName(), attribute.getValue());
            }
        }
        return form;
    }

    private static ApiException malformed() {
        return new ApiException.BadRequest("Form parse error - the body does not match its content type");
    }

    private static void add(ObjectNode form, String name, String value) {
        int dot = name.indexOf('.');
        JsonNode earlier = dot > 0 ? form.path(name.substring(0, dot)) : NullNode.getInstance();
        if (earlier.isMissingNode() || earlier.isObject()) {
            put(form.withObjectProperty(name.substring(0, dot)), name.substring(dot + 1), value);
        } else {
            put(form, name, value);
        }
    }

    private static void put(ObjectNode object, String name, String value) {
        JsonNode earlier = object.get(name);
        if (earlier == null) {
            object.put(name, value);
        } else if (earlier instanceof ArrayNode list) {
            list.add(value);
        } else {
            object.putArray(name)
                    .add(earlier instanceof TextNode ? earlier : TextNode.valueOf(""))
                    .add(value);
        }
    }
}
