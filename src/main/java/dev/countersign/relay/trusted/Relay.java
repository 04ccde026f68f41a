package dev.countersign.relay.trusted;

import dev.countersign.relay.signature.RelayKey;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds a trusted relay.
 *
 * @param id a UUID of version 4, in lower case
 * @param key the public key that its requests are signed with
 */
public record Relay(String id, RelayKey key) {

    /** Matches the ids that can register: UUIDs of version 4, in lower case, as Sentry demands. Relay makes no others. */
    public static final Pattern REGISTRABLE =
            Pattern.compile("[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}");

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** The id in lower case; null for a text that is no UUID. */
    public static @Nullable String id(@Nullable String text) {
        return text != null && UUID.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : null;
    }
}
