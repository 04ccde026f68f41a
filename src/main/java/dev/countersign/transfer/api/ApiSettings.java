package dev.countersign.transfer.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.project.setting.SettingsForm;
import dev.countersign.transfer.export.ModelWriter;
import dev.countersign.transfer.source.SentryModel;
import dev.countersign.transfer.source.SentryOptions;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the settings of a project, as an API shows them, as objects of an export. */
final class ApiSettings {

    private final ModelWriter writer;
    private final String project;

    private ApiSettings(ModelWriter writer, String project) {
        this.writer = writer;
        this.project = project;
    }

    /**
     * Writes the settings that an import takes.
     *
     * @param project the id of the project
     * @param details the answer of the API, which shows other members beside the settings
     */
    static void write(ModelWriter writer, String project, JsonNode details) throws IOException {
        new ApiSettings(writer, project).write(details);
    }

    private void write(JsonNode details) throws IOException {
        ObjectNode settings = writer.fields();
        ObjectNode filters = writer.fields();
        for (Map.Entry<String, String> setting : SentryOptions.settings().entrySet()) {
            boolean filter = SentryOptions.isFilter(setting.getKey());
            JsonNode value = (filter ? details.path("options") : details).get(setting.getValue());
            if (value != null && !value.isNull()) {
                @Nullable JsonNode read = filter ? value : formed(setting, value);
                if (read == null) {
                    // The import warns of a value that it cannot read.
                    option(setting.getKey(), value);
                } else {
                    (filter ? filters : settings).set(setting.getValue(), read);
                }
            }
        }
        if (!filters.isEmpty()) {
            settings.set("options", filters);
        }
        option(SentryOptions.SETTINGS, settings);
    }

    /** The value of a setting, in the form that the setting has here; null where the value has none. */
    private @Nullable JsonNode formed(Map.Entry<String, String> setting, JsonNode value) {
        ObjectNode single = writer.fields().set(setting.getValue(), value);
        return SettingsForm.fault(single) == null ? value : SentryOptions.read(setting.getKey(), value);
    }

    private void option(String key, JsonNode value) throws IOException {
        ObjectNode fields = writer.fields().put("project", project).put("key", key);
        fields.set("value", value);
        writer.writeText(SentryModel.PROJECTOPTION.model(), null, fields);
    }
}
