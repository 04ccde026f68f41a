package dev.countersign.transfer.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.transfer.source.SentryModel;
import dev.countersign.transfer.source.SentryOptions;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the settings of projects and organizations as objects of an export: under Sentry's keys, for an import into Sentry,
 * and all of them together under a key of our own, which an import of this service takes.
 */
final class Options {

    private static final String SECURITY_TOKEN = "securityToken";
    private static final String FILTERS = "options";

    private final ModelWriter writer;
    private final boolean secrets;

    Options(ModelWriter writer, boolean secrets) {
        this.writer = writer;
        this.secrets = secrets;
    }

    void ofOrganization(ResultSet row) throws IOException, SQLException {
        own(SentryModel.ORGANIZATIONOPTION.model(), "organization", row);
    }

    void ofProject(ResultSet row) throws IOException, SQLException {
        ObjectNode settings = (ObjectNode) writer.value(row.getString("settings"));
        if (!secrets) {
            settings.remove(SECURITY_TOKEN);
        }
        long project = row.getLong("id");
        for (Map.Entry<String, String> setting : SentryOptions.settings().entrySet()) {
            JsonNode value = SentryOptions.isFilter(setting.getKey())
                    ? lines(settings.path(FILTERS).path(setting.getValue()))
                    : settings.get(setting.getValue());
            if (value != null) {
                write(SentryModel.PROJECTOPTION.model(), "project", project, setting.getKey(), value);
            }
        }
        if (!settings.isEmpty()) {
            write(SentryModel.PROJECTOPTION.model(), "project", project, SentryOptions.SETTINGS, settings);
        }
        own(SentryModel.PROJECTOPTION.model(), "project", row);
    }

    /** What projects and organizations have and Sentry does not. */
    private void own(String model, String owner, ResultSet row) throws IOException, SQLException {
        @Nullable String ingest = row.getString("ingest");
        if (ingest != null) {
            write(
                    model,
                    owner,
                    row.getLong("id"),
                    SentryOptions.INGEST,
                    writer.fields().textNode(ingest));
        }
        @Nullable Integer window = (Integer) row.getObject("default_rate_limit_window");
        if (window != null) {
            ObjectNode limit =
                    writer.fields().put("window", window).put("count", row.getInt("default_rate_limit_count"));
            write(model, owner, row.getLong("id"), SentryOptions.DEFAULT_RATE_LIMIT, limit);
        }
    }

    private void write(String model, String owner, long id, String key, JsonNode value) throws IOException {
        ObjectNode fields = writer.fields().put(owner, id).put("key", key);
        fields.set("value", value);
        writer.write(model, null, fields);
    }

    /** Sentry keeps as a list what its API shows as lines. */
    private @Nullable JsonNode lines(JsonNode text) {
        if (!text.isTextual()) {
            return null;
        }
        ArrayNode lines = writer.fields().arrayNode();
        text.textValue().lines().forEach(lines::add);
        return lines;
    }
}
