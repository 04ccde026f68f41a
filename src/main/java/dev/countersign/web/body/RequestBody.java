package dev.countersign.web.body;

import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.RequestFields;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the body of a request, and parses its members or computes its digest when a resource asks. A resource parses the body
 * after it has found the organization and the project, so that a wrong path is 404 even with a broken body, as in
 * Sentry.
 */
public final class RequestBody {

    private final @Nullable String contentType;
    private final byte[] bytes;

    /**
     * @param contentType the {@code Content-Type} header, or null
     * @param bytes the whole body, possibly empty
     */
    RequestBody(@Nullable String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
    }

    /**
     * Parses the members of the body. An empty body has no members, whatever its content type.
     *
     * @throws dev.countersign.web.error.ApiException 400 if the body is malformed or not an object, 415 if its content
     *     type is none of JSON, form-urlencoded and multipart
     */
    public RequestFields fields() {
        return RequestFields.of(BodyParser.parse(contentType, bytes), BodyParser.isForm(contentType));
    }

    /** The bytes as the client sent them, for a signature. Nobody may change the array. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Parses the members of a body that is JSON, whatever its content type.
     *
     * @throws dev.countersign.web.error.ApiException 400 if the body is empty, malformed or not an object
     */
    public RequestFields jsonFields() {
        return RequestFields.of(BodyParser.json(bytes), false);
    }

    /**
     * The SHA-256 of the parsed body, in hexadecimal. Bodies with the same members and values have the same hash, whatever the order
     * of the members, the spelling of numbers and the white space. An empty body counts as {@code {}}, a form as an object of texts.
     *
     * @throws dev.countersign.web.error.ApiException 400 if the body is malformed, 415 as in {@link #fields}
     */
    public String sha256() {
        return JsonDigest.sha256(BodyParser.parse(contentType, bytes));
    }

    /**
     * Reads the body and runs an action. If the body is refused, looks up the path first, so that a wrong path is 404 even
     * with a broken body (as in Sentry). A valid body costs no look-up.
     *
     * @param reader reads the members of the body
     * @param lookUp fails if the path names no resource that the caller may change
     * @param action runs on a valid body
     */
    public <C, R> Uni<R> read(
            Function<RequestFields, C> reader, Supplier<? extends Uni<?>> lookUp, Function<C, Uni<R>> action) {
        C read;
        try {
            read = reader.apply(fields());
        } catch (ApiException refused) {
            return lookUp.get().onItem().transformToUni(found -> Uni.createFrom()
                    .failure(refused));
        }
        return action.apply(read);
    }
}
