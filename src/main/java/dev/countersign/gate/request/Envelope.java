package dev.countersign.gate.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses and holds what the gate needs of an envelope, the body in which SDKs send events: its DSN, and whether it counts
 * against a rate limit. An envelope has a line of JSON, and then for each item a line of JSON and the item's bytes.
 *
 * @param dsn the DSN; null if the first line names none
 * @param repeatsDsn whether the first line names a DSN twice
 * @param limited whether the envelope counts against a rate limit: it has an item of another kind than those that
 *     Sentry counts apart, or no reader can be sure
 */
record Envelope(@Nullable String dsn, boolean repeatsDsn, boolean limited) {

    /** An envelope that the gate does not see, or cannot read. */
    static final Envelope UNSEEN = new Envelope(null, false, true);

    /** The kinds that never count as an error, a default event or a security report. */
    private static final Set<String> COUNTED_APART = Set.of(
            "transaction",
            "session",
            "sessions",
            "user_report",
            "feedback",
            "profile",
            "profile_chunk",
            "replay_event",
            "replay_recording",
            "replay_video",
            "check_in",
            "statsd",
            "metric_buckets",
            "trace_metric",
            "log",
            "otel_log",
            "span",
            "otel_span",
            "client_report");

    private static final String ATTACHMENT = "attachment";

    /** Attachments of these types, such as a minidump, make an event. */
    private static final String MAKES_EVENT = "event.";

    private static final String SCHEME_END = "://";

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * The key of a DSN such as {@code https://key@ingest.example.com/7}; null if the DSN cannot be read, or is of another project
     * than the path.
     */
    static @Nullable String keyOfDsn(String text, long project) {
        String dsn = text.strip();
        int scheme = dsn.indexOf(SCHEME_END);
        int user = scheme + SCHEME_END.length();
        int at = dsn.indexOf('@', user);
        int path = dsn.indexOf('/', user);
        int end = dsn.endsWith("/") ? dsn.length() - 1 : dsn.length();
        int last = dsn.lastIndexOf('/', end - 1);
        if (!isScheme(dsn, scheme)
                || dsn.indexOf('?') >= 0
                || dsn.indexOf('#') >= 0
                || at < 0
                || path < at
                || last < path
                || !dsn.substring(last + 1, end).equals(Long.toString(project))) {
            return null;
        }
        int colon = dsn.indexOf(':', user);
        return dsn.substring(user, colon < 0 || colon > at ? at : colon);
    }

    /** Whether what precedes an index can be a scheme: then every reader finds the same user behind it. */
    private static boolean isScheme(String dsn, int end) {
        return end > 0
                && dsn.chars()
                        .limit(end)
                        .allMatch(character -> SubmittedKeys.isWord((char) character) || character == '+');
    }

    /**
     * Reads an envelope. The empty text in {@link #dsn} stands for null.
     *
     * @param body its bytes as text, a character a byte
     * @param cut whether the text is only the beginning
     */
    static Envelope read(String body, boolean cut) {
        int lineEnd = body.indexOf('\n');
        if (lineEnd < 0 && cut) {
            return UNSEEN;
        }
        Map<String, String> header = members(lineEnd < 0 ? body : body.substring(0, lineEnd));
        if (header == null) {
            return UNSEEN;
        }
        boolean limited = cut || lineEnd < 0 || hasLimitedItem(body, lineEnd + 1);
        return new Envelope(header.get("dsn"), header.containsKey(repeated("dsn")), limited);
    }

    private static boolean hasLimitedItem(String body, int from) {
        int start = from;
        boolean any = false;
        while (start < body.length()) {
            int lineEnd = body.indexOf('\n', start);
            int headerEnd = lineEnd < 0 ? body.length() : lineEnd;
            if (headerEnd > start) { // empty lines at the end belong to no item
                Map<String, String> header = members(body.substring(start, headerEnd));
                if (header == null || isLimited(header)) {
                    return true;
                }
                any = true;
                start = itemEnd(body, headerEnd + 1, header.get("length"));
                if (start < 0) {
                    return true;
                }
            } else {
                start = headerEnd + 1;
            }
        }
        return !any;
    }

    private static boolean isLimited(Map<String, String> header) {
        String type = header.get("type");
        boolean clear = type != null
                && !header.containsKey(repeated("type"))
                && !header.containsKey(repeated("length"))
                && !header.containsKey(repeated("attachment_type"));
        if (!clear) {
            return true;
        }
        return ATTACHMENT.equals(type)
                ? header.getOrDefault("attachment_type", "").startsWith(MAKES_EVENT)
                : !COUNTED_APART.contains(type);
    }

    /** Where the next item begins; -1 if the length of this item is wrong. */
    private static int itemEnd(String body, int from, @Nullable String length) {
        if (length == null) {
            int lineEnd = body.indexOf('\n', from);
            return lineEnd < 0 ? body.length() : lineEnd + 1;
        }
        try {
            int bytes = Integer.parseInt(length);
            long end = (long) from + bytes;
            if (bytes < 0 || end > body.length()) {
                return bytes == 0 && from >= body.length() ? body.length() : -1;
            }
            return end == body.length() ? (int) end : body.charAt((int) end) == '\n' ? (int) end + 1 : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The members of an object as texts, nested ones and null as the empty text; null if the line is not one object. */
    private static @Nullable Map<String, String> members(String line) {
        Map<String, String> members = new HashMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (members.containsKey(name)) {
                    members.put(repeated(name), name);
                }
                members.put(name, value.isStructStart() || value == JsonToken.VALUE_NULL ? "" : parser.getText());
                parser.skipChildren();
            }
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null ? members : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The key under which {@link #members} notes that a member is there twice. */
    private static String repeated(String name) {
        return name + "\n";
    }
}
