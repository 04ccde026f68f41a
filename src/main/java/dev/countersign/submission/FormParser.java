package dev.countersign.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
            ObjectNode form = JsonNodeFactory.instance.objectNode();
            for (InterfaceHttpData data : decoder.getBodyHttpDatas()) {
                if (data instanceof Attribute attribute) {
                    add(form, attribute.getName(), attribute.getValue());
                }
            }
            if (form.isEmpty()) {
                throw malformed();
            }
            return form;
        } catch (IOException | IllegalArgumentException | DecoderException e) {
            throw malformed();
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
        }
    }

    private static ApiException malformed() {
        return new ApiException.BadRequest("Form parse error - the body does not match its content type");
    }

    private static void add(ObjectNode form, String name, String value) {
        int dot = name.indexOf('.');
        if (dot > 0 && !form.path(name.substring(0, dot)).isValueNode()) {
            ObjectNode nested = form.withObjectProperty(name.substring(0, dot));
            put(nested, name.substring(dot + 1), value);
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
