package dev.countersign.transfer.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: names the keys under which Sentry stores the settings of a project, and reads their values from an export.
 * Exports before 2024 have texts and lists as texts of JSON, later ones as plain JSON; older ones still have pickles, which are
 * not read.
 */
public final class SentryOptions {

    /** The options in which this service keeps what Sentry does not have. */
    public static final String SETTINGS = "countersign:settings";

    public static final String INGEST = "countersign:ingest";
    public static final String DEFAULT_RATE_LIMIT = "countersign:defaultRateLimit";

    /** The key under which the age of a project stands. */
    static final String EPOCH = "sentry:option-epoch";
    /** The key of another host for the DSNs of a project. */
    static final String DSN_ENDPOINT = "sentry:relay_dsn_endpoint";

    private static final Pattern PICKLE = Pattern.compile("gA[A-Za-z0-9+/]+={0,2}|\\(?[lcd]p?[0-9]*\\n(?s:.*)");

    /** Lists the forms of values. */
    private enum Form {
        LIST,
        LINES,
        FLAG,
        NUMBER,
        TEXT,
        OBJECT
    }

    /**
     * Names one setting.
     *
     * @param member the name in the API
     */
    private record Setting(String member, Form form) {}

    private static final Map<String, Setting> BY_KEY = new HashMap<>();

    static {
        list("sentry:origins", "allowedDomains");
        list("sentry:safe_fields", "safeFields");
        list("sentry:sensitive_fields", "sensitiveFields");
        list("sentry:highlight_tags", "highlightTags");
        put("sentry:highlight_context", "highlightContext", Form.OBJECT);
        put("sentry:resolve_age", "resolveAge", Form.NUMBER);
        put("sentry:store_crash_reports", "storeCrashReports", Form.NUMBER);
        put("digests:mail:minimum_delay", "digestsMinDelay", Form.NUMBER);
        put("digests:mail:maximum_delay", "digestsMaxDelay", Form.NUMBER);
        put("sentry:scrub_data", "dataScrubber", Form.FLAG);
        put("sentry:scrub_defaults", "dataScrubberDefaults", Form.FLAG);
        put("sentry:scrub_ip_address", "scrubIPAddresses", Form.FLAG);
        put("sentry:scrape_javascript", "scrapeJavaScript", Form.FLAG);
        put("sentry:verify_ssl", "verifySSL", Form.FLAG);
        put("mail:subject_prefix", "subjectPrefix", Form.TEXT);
        put("mail:subject_template", "subjectTemplate", Form.TEXT);
        put("sentry:token", "securityToken", Form.TEXT);
        put("sentry:token_header", "securityTokenHeader", Form.TEXT);
        put("sentry:grouping_enhancements", "groupingEnhancements", Form.TEXT);
        put("sentry:fingerprinting_rules", "fingerprintingRules", Form.TEXT);
        put("sentry:blacklisted_ips", "filters:blacklisted_ips", Form.LINES);
        put("sentry:releases", "filters:releases", Form.LINES);
        put("sentry:error_messages", "filters:error_messages", Form.LINES);
    }

    private SentryOptions() {}

    private static void list(String key, String member) {
        put(key, member, Form.LIST);
    }

    private static void put(String key, String member, Form form) {
        BY_KEY.put(key, new Setting(member, form));
    }

    /** The name in the API of the setting that Sentry stores under a key, or null if there is none. */
    static @Nullable String member(String key) {
        Setting setting = BY_KEY.get(key);
        return setting == null ? null : setting.member();
    }

    /** All keys with the names in the API of their settings. */
    public static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        BY_KEY.forEach((key, setting) -> settings.put(key, setting.member()));
        return settings;
    }

    /** Whether the setting under a key is a member of the setting {@code options} in the API. */
    public static boolean isFilter(String key) {
        return Objects.requireNonNull(BY_KEY.get(key)).form() == Form.LINES;
    }

    /**
     * Reads a value.
     *
     * @param key one of {@link #settings}
     * @return the value as the API shows it, or null if it cannot be read
     */
    public static @Nullable JsonNode read(String key, JsonNode stored) {
        JsonNode value = stored.isTextual() ? parsed(stored) : stored;
        return switch (Objects.requireNonNull(BY_KEY.get(key)).form()) {
            case LIST -> isTexts(value) ? value : null;
            case LINES -> isTexts(value) ? TextNode.valueOf(lines(value)) : value.isTextual() ? value : null;
            case OBJECT -> value.isObject() ? value : null;
            case FLAG -> flag(value);
            case NUMBER -> number(value);
            case TEXT -> value.isTextual() && !PICKLE.matcher(value.textValue()).matches() ? value : null;
        };
    }

    /** The value that a text holds as JSON, or the text. */
    private static JsonNode parsed(JsonNode text) {
        String json = text.textValue();
        boolean mayBeJson = json.startsWith("\"") || json.startsWith("[") || json.startsWith("{");
        try {
            return mayBeJson ? ModelReader.JSON.readTree(json) : text;
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private static boolean isTexts(JsonNode value) {
        return value.isArray()
                && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual);
    }

    private static String lines(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(JsonNode::textValue)
                .collect(Collectors.joining("\n"));
    }

    private static @Nullable JsonNode flag(JsonNode value) {
        return switch (value.asText()) {
            case "true", "1" -> BooleanNode.TRUE;
            case "false", "0", "" -> BooleanNode.FALSE;
            default -> null;
        };
    }

    private static @Nullable JsonNode number(JsonNode value) {
        try {
            return IntNode.valueOf(
                    Integer.parseInt(value.isBoolean() ? (value.asBoolean() ? "1" : "0") : value.asText()));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
