package dev.countersign.relay.trusted;

import dev.countersign.relay.signature.RelayKey;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds a trusted relay.
 *
 * @param id a UUID in lower case
 * @param key the public key that its requests are signed with
 */
public record Relay(String id, RelayKey key) {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** The id in lower case; null for a text that is no UUID. */
    public static @Nullable String id(@Nullable String text) {
        return text != null && UUID.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : null;
    }
}
