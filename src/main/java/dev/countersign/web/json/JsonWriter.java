package dev.countersign.web.json;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.quarkus.vertx.utils.NoBoundChecksBuffer;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jboss.resteasy.reactive.server.vertx.VertxResteasyReactiveRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers as JSON: compact, or indented by 1 to 8 spaces ({@code Accept: application/json; indent=4}), and
 * gzipped if the client accepts gzip.
 */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public class JsonWriter implements ServerMessageBodyWriter<Object> {

    private static final Pattern INDENT = Pattern.compile("indent\\s*=\\s*([1-8])\\b");

    private final ObjectMapper mapper;
    private final ObjectWriter compact;

    JsonWriter(ObjectMapper mapper) {
        this.mapper = mapper;
        this.compact = mapper.writer();
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType media) {
        return true;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return true;
    }

    @Override
    public void writeResponse(Object entity, Type genericType, ServerRequestContext context) throws IOException {
        ObjectWriter writer = writer(JoinedHeader.of(context, HttpHeaders.ACCEPT));
        ByteBuf json = JsonBytes.of(writer, entity);
        if (json.readableBytes() >= Gzip.MIN_BYTES
                && Gzip.isAccepted(JoinedHeader.of(context, HttpHeaders.ACCEPT_ENCODING))) {
            context.serverResponse().end(compress(json, context));
        } else {
            ((VertxResteasyReactiveRequestContext) context).end(new NoBoundChecksBuffer(json));
        }
    }

    /** Compresses an answer, and names {@code Accept-Encoding} in {@code Vary} for caches. */
    private static byte[] compress(ByteBuf json, ServerRequestContext context) {
        MultiMap headers = ((ResteasyReactiveRequestContext) context)
                .unwrap(HttpServerResponse.class)
                .headers();
        headers.set(HttpHeaders.VARY, headers.get(HttpHeaders.VARY) + ", " + HttpHeaders.ACCEPT_ENCODING);
        headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        try {
            return Gzip.gzip(ByteBufUtil.getBytes(json));
        } finally {
            json.release();
        }
    }

    @Override
    public void writeTo(
            Object entity,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        out.write(compact.writeValueAsBytes(entity));
    }

    private ObjectWriter writer(@Nullable String accept) {
        if (accept == null || !accept.contains("indent")) {
            return compact;
        }
        Matcher indent = INDENT.matcher(accept);
        return indent.find() ? mapper.writer(indented(Integer.parseInt(indent.group(1)))) : compact;
    }

    private static DefaultPrettyPrinter indented(int spaces) {
        var lines = new DefaultIndenter(" ".repeat(spaces), "\n");
        return new DefaultPrettyPrinter(DefaultPrettyPrinter.DEFAULT_SEPARATORS
                        .withObjectFieldValueSpacing(com.fasterxml.jackson.core.util.Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(lines)
                .withArrayIndenter(lines);
    }
}
