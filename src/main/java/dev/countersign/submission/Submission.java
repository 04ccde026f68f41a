package dev.countersign.submission;

import org.jspecify.annotations.Nullable;

/** The body of a request as it came, read when a resource asks for its fields. */
public final class Submission {

    private final @Nullable String contentType;
    private final byte[] bytes;

    /**
     * @param contentType the header as sent, or null
     * @param bytes the whole body, possibly empty
     */
    Submission(@Nullable String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
    }

    /**
     * The members of the body; an empty body has none, whatever its content type.
     *
     * @throws dev.countersign.error.ApiException 400 where the body is malformed or not an object, 415 where its content
     *     type is none of JSON, form-urlencoded and multipart
     */
    public Fields fields() {
        return Fields.of(BodyParser.parse(contentType, bytes), BodyParser.isForm(contentType));
    }
}
