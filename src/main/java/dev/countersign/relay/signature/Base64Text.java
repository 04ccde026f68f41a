package dev.countersign.relay.signature;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Static helper: reads and writes base64url without padding, the only form of base64 that Relay takes. */
public final class Base64Text {

    private Base64Text() {}

    /** The bytes of a text; null for a text of another alphabet, with padding, or with bits left over. */
    public static byte @Nullable [] decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return encode(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The text of bytes. */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
