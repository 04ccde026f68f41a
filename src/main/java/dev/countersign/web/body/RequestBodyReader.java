package dev.countersign.web.body;

import dev.countersign.web.error.ApiException;
import dev.countersign.web.json.JoinedHeader;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Gives a resource the raw body of a request as a {@link RequestBody}, whatever the content type, and
 * refuses more than 1 MiB. The resource parses the body later.
 */
@Provider
@Consumes(MediaType.WILDCARD)
public class RequestBodyReader implements ServerMessageBodyReader<RequestBody> {

    /** The greatest size of a body, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    @Override
    public boolean isReadable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo method, MediaType mediaType) {
        return type == RequestBody.class;
    }

    @Override
    public RequestBody readFrom(
            Class<RequestBody> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        RoutingContext routing = ((ResteasyReactiveRequestContext) context).unwrap(RoutingContext.class);
        String contentType = JoinedHeader.of(context, HttpHeaders.CONTENT_TYPE);
        // BodyFilter has read a body of unknown length; over HTTP/2 the framework's stream is then empty.
        Buffer body = routing.body().buffer();
        return body == null
                ? read(contentType, routing.request().getHeader(HttpHeaders.CONTENT_LENGTH), context.getInputStream())
                : new RequestBody(contentType, body.getBytes());
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == RequestBody.class;
    }

    @Override
    public RequestBody readFrom(
            Class<RequestBody> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return read(headers.getFirst(HttpHeaders.CONTENT_TYPE), headers.getFirst(HttpHeaders.CONTENT_LENGTH), body);
    }

    /**
     * Reads the body into an array of the announced length, because a read without a length takes 16 KiB. Reads one byte past
     * the limit, to detect a longer body; to read the rest would block. Headers of a Lambda event may announce anything.
     */
    private static RequestBody read(@Nullable String contentType, @Nullable String length, InputStream body)
            throws IOException {
        byte[] bytes = length == null || !LENGTH.matcher(length).matches()
                ? body.readNBytes(MAX_BYTES + 1)
                : readAtMost((int) Math.min(Long.parseLong(length), MAX_BYTES + 1), body);
        if (bytes.length > MAX_BYTES) {
            throw new ApiException.TooLarge(MAX_BYTES);
        }
        return new RequestBody(contentType, bytes);
    }

    private static byte[] readAtMost(int length, InputStream body) throws IOException {
        byte[] bytes = new byte[length];
        int read = body.readNBytes(bytes, 0, length);
        return read == length ? bytes : Arrays.copyOf(bytes, read);
    }
}
