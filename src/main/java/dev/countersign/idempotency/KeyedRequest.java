package dev.countersign.idempotency;

import dev.countersign.credential.Caller;
import dev.countersign.crypto.Sha256;
import dev.countersign.web.body.RequestBody;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes a request that creates an object under an {@code Idempotency-Key}: its caller, place, key and the digest of
 * its body. Two such requests are one if caller, place and key are equal.
 *
 * @param caller identifies the caller: {@link Caller#identity}
 * @param bodyHash the SHA-256 of the parsed body, in hexadecimal
 */
public record KeyedRequest(String caller, Place place, String key, String bodyHash) {

    /**
     * Reads the key and the body of a request, after the look-ups of its path.
     *
     * @param lines the lines of the header {@value IdempotencyKey#HEADER}
     * @return null where the request has no such header
     * @throws dev.countersign.web.error.ApiException 400 if the header or the body is malformed, 415 if the content type of the body
     *     is unknown
     */
    public static @Nullable KeyedRequest read(Caller caller, Place place, List<String> lines, RequestBody body) {
        String key = IdempotencyKey.read(lines);
        return key == null ? null : new KeyedRequest(caller.identity(), place, key, body.sha256());
    }

    /** The number of the advisory lock that one request under the key holds while it runs: equal for equal caller, place and key. */
    long lock() {
        String text = String.join("\0", caller, place.operation(), Long.toString(place.parentId()), key);
        return ByteBuffer.wrap(Sha256.of(text)).getLong();
    }
}
