package dev.countersign.project.setting;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: checks that stored settings of a project that come from elsewhere can be shown and changed as those that a
 * request has sent. Checks names and forms; limits of lengths hold only for requests.
 */
public final class SettingsForm {

    /** The settings that may be null, whose default tells no form. */
    private static final Map<String, Predicate<JsonNode>> NULLABLE =
            Map.of("storeCrashReports", JsonNode::isInt, "securityTokenHeader", JsonNode::isTextual);

    private SettingsForm() {}

    /** Names the first setting that no project has, or whose value has another form than that of the setting; or null. */
    public static @Nullable String fault(JsonNode settings) {
        for (Map.Entry<String, JsonNode> setting : settings.properties()) {
            String name = setting.getKey();
            if (name.equals(ProjectSettings.OPTIONS)) {
                if (!setting.getValue().isObject()) {
                    return name + " is no object";
                }
            } else if (!ProjectSettings.DEFAULTS.containsKey(name)) {
                return name + " is no setting";
            } else if (!hasForm(name, setting.getValue())) {
                return name + " has another form";
            }
        }
        return null;
    }

    private static boolean hasForm(String name, JsonNode value) {
        Predicate<JsonNode> nullable = NULLABLE.get(name);
        if (nullable != null) {
            return value.isNull() || nullable.test(value);
        }
        Object form = ProjectSettings.DEFAULTS.get(name);
        if (form instanceof Boolean) {
            return value.isBoolean();
        }
        if (form instanceof Number) {
            return value.isInt();
        }
        if (form instanceof List) {
            return value.isArray() && allTexts(value);
        }
        return form instanceof Map ? value.isObject() : value.isTextual();
    }

    private static boolean allTexts(JsonNode list) {
        for (JsonNode element : list) {
            if (!element.isTextual()) {
                return false;
            }
        }
        return true;
    }
}
