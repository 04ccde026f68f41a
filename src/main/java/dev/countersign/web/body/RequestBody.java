package dev.countersign.web.body;

import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.RequestFields;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The body of a request, unread. A resource asks for the fields after it has found the organization and the project, so that a
 * wrong path is 404 even with a broken body, as in Sentry. */
public final class RequestBody {

    private final @Nullable String contentType;
    private final byte[] bytes;

    /**
     * @param contentType the header as sent, or null
     * @param bytes the whole body, possibly empty
     */
    RequestBody(@Nullable String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
    }

    /**
     * The members of the body; an empty body has none, whatever its content type.
     *
     * @throws dev.countersign.web.error.ApiException 400 where the body is malformed or not an object, 415 where its content
     *     type is none of JSON, form-urlencoded and multipart
     */
    public RequestFields fields() {
        return RequestFields.of(BodyParser.parse(contentType, bytes), BodyParser.isForm(contentType));
    }

    /**
     * Reads the body and acts on it. A refused body looks up the path first, so that a wrong path is 404 even with a
     * broken body (as in Sentry), and a good body costs no look-up.
     *
     * @param reader reads the members of the body
     * @param lookUp fails where the path names nothing that the caller may change
     * @param action what to do with a good body
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
