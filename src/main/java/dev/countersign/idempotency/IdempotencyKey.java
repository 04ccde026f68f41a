package dev.countersign.idempotency;

import dev.countersign.web.error.ApiException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: reads the header {@code Idempotency-Key}, and refuses the header for requests whose answer shows a secret only
 * once. The value is 1 to 128 visible ASCII characters. A client sends the value as it is, or as a string of RFC 8941, between
 * quotes. Both forms are the same key.
 */
public final class IdempotencyKey {

    /** The name of the header. */
    public static final String HEADER = "Idempotency-Key";

    /** Why a request that leads to the text of an API key refuses the header. */
    public static final String SHOWN_ONCE =
            "Idempotency-Key is not accepted here, because the text of an API key is shown only once.";

    private static final Pattern BARE = Pattern.compile("[!#-~][!-~]{0,127}");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[!#-\\[\\]-~]|\\\\[\"\\\\]){1,128})\"");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private IdempotencyKey() {}

    /**
     * Reads the header.
     *
     * @param lines the value of each line of the header
     * @return the key, or null where the request has no such header
     * @throws ApiException.BadRequest where there are several lines, or the line is no key
     */
    static @Nullable String read(List<String> lines) {
        if (lines.isEmpty()) {
            return null;
        }
        String line = lines.get(0);
        Matcher quoted = QUOTED.matcher(line);
        if (lines.size() == 1 && BARE.matcher(line).matches()) {
            return line;
        }
        if (lines.size() == 1 && quoted.matches()) {
            return ESCAPE.matcher(quoted.group(1)).replaceAll("$1");
        }
        throw new ApiException.BadRequest("Invalid " + HEADER + ".");
    }

    /**
     * Refuses the header for a request whose answer shows a secret that the service does not store.
     *
     * @throws ApiException.BadRequest where the request has the header
     */
    public static void refuse(List<String> lines) {
        if (!lines.isEmpty()) {
            throw new ApiException.BadRequest(SHOWN_ONCE);
        }
    }
}
