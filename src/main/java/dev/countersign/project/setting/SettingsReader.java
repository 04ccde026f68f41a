package dev.countersign.project.setting;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TextRule;
import dev.countersign.web.member.UnstorableCharacters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Static helper: reads the settings of a project from a request body, and checks each setting. */
final class SettingsReader {

    private static final List<String> BOOLEANS = List.of(
            "scrapeJavaScript",
            "verifySSL",
            "dataScrubber",
            "dataScrubberDefaults",
            "scrubIPAddresses",
            "enableAutoReleaseCreation",
            "scmSourceContextEnabled");
    private static final List<String> LISTS =
            List.of("allowedDomains", "safeFields", "sensitiveFields", "highlightTags");
    private static final List<String> OBJECTS = List.of("highlightContext", ProjectSettings.OPTIONS);
    private static final int MAX_DELAY_SECONDS = 3600;
    private static final int MIN_DELAY_SECONDS = 60;
    private static final int MAX_RESOLVE_HOURS = 720;
    private static final int MAX_OPTION_LENGTH = 10_000;
    private static final TextRule SHORT_TEXT = TextRule.upTo(255).blank();
    private static final TextRule LONG_TEXT = TextRule.upTo(50_000).blank();

    private SettingsReader() {}

    /** Reads the settings that were sent. Collects the errors in the given fields. */
    static Map<String, Object> read(RequestFields fields) {
        Map<String, Object> sent = new LinkedHashMap<>();
        readNumbers(fields, sent);
        readTexts(fields, sent);
        BOOLEANS.forEach(name -> fields.bool(name).ifValue(value -> sent.put(name, value)));
        LISTS.forEach(name -> fields.texts(name, SHORT_TEXT).ifValue(value -> sent.put(name, value)));
        OBJECTS.forEach(
                name -> fields.object(name, false, SettingsReader::asMap).ifValue(value -> sent.put(name, value)));
        sent.replaceAll((name, value) -> name.equals(ProjectSettings.OPTIONS) ? value : ProjectSettings.rawJson(value));
        return sent;
    }

    private static void readNumbers(RequestFields fields, Map<String, Object> sent) {
        for (String name : List.of("digestsMinDelay", "digestsMaxDelay")) {
            fields.integer(name, MIN_DELAY_SECONDS, MAX_DELAY_SECONDS).ifValue(value -> sent.put(name, value));
        }
        fields.integer("resolveAge", 0, MAX_RESOLVE_HOURS).ifPresent(value -> sent.put("resolveAge", value.or(0L)));
        fields.integer("storeCrashReports", -1, 20).ifPresent(value -> sent.put("storeCrashReports", value.value()));
    }

    private static void readTexts(RequestFields fields, Map<String, Object> sent) {
        for (String name : List.of("subjectPrefix", "subjectTemplate", "securityToken")) {
            fields.text(name, SHORT_TEXT).ifValue(value -> sent.put(name, value));
        }
        fields.text("securityTokenHeader", SHORT_TEXT.nullable())
                .ifPresent(value -> sent.put("securityTokenHeader", value.value()));
        for (String name : List.of("groupingEnhancements", "fingerprintingRules")) {
            fields.text(name, LONG_TEXT).ifValue(value -> sent.put(name, value));
        }
    }

    private static Member<Map<String, Object>> asMap(RequestFields fields) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String name : fields.names()) {
            JsonNode value = fields.raw(name);
            if (value == null || ProjectSettings.toJson(value).length() > MAX_OPTION_LENGTH) {
                fields.refuse(name, "Ensure this field has no more than " + MAX_OPTION_LENGTH + " characters.");
            } else if (UnstorableCharacters.hasNull(value) || name.indexOf('\0') >= 0) {
                fields.refuse(name, UnstorableCharacters.NULL);
            } else {
                members.put(name, ProjectSettings.rawJson(value));
            }
        }
        return Member.of(members);
    }
}
