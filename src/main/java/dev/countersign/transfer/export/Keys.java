package dev.countersign.transfer.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.transfer.source.SentryModel;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: writes the row of a client key as an object of an export. What Sentry does not have stands in {@code data}.
 */
final class Keys {

    private static final int INACTIVE = 1;

    /** The options of the loader, with their columns. */
    private static final Map<String, String> LOADER = new LinkedHashMap<>();

    static {
        LOADER.put("hasReplay", "has_replay");
        LOADER.put("hasPerformance", "has_performance");
        LOADER.put("hasDebug", "has_debug");
        LOADER.put("hasFeedback", "has_feedback");
        LOADER.put("hasLogsAndMetrics", "has_logs_and_metrics");
    }

    private Keys() {}

    static void write(ModelWriter writer, ResultSet row, boolean secrets) throws IOException, SQLException {
        ObjectNode fields = writer.fields()
                .put("project", row.getLong("project_id"))
                .put("label", row.getString("label"))
                .put("public_key", row.getString("public_key"))
                .put("secret_key", secrets ? row.getString("secret_key") : null)
                .put("roles", "1")
                .put("status", row.getBoolean("active") ? 0 : INACTIVE)
                .put("date_added", Export.time(row, "date_added"))
                .put("rate_limit_count", (Integer) row.getObject("rate_limit_count"))
                .put("rate_limit_window", (Integer) row.getObject("rate_limit_window"))
                .put("use_case", row.getString("use_case"));
        fields.set("data", data(writer, row));
        writer.write(SentryModel.PROJECTKEY.model(), row.getLong("id"), fields);
    }

    private static ObjectNode data(ModelWriter writer, ResultSet row) throws SQLException {
        ObjectNode data = writer.fields().put(SentryModel.SDK_VERSION, row.getString("browser_sdk_version"));
        ObjectNode loader = data.putObject(SentryModel.LOADER);
        for (Map.Entry<String, String> option : LOADER.entrySet()) {
            loader.put(option.getKey(), row.getBoolean(option.getValue()));
        }
        @Nullable String expires = Export.time(row, "date_expires");
        @Nullable String replacedBy = row.getString("replaced_by");
        if (expires != null || replacedBy != null) {
            data.putObject(SentryModel.OWN)
                    .put(SentryModel.DATE_EXPIRES, expires)
                    .put(SentryModel.REPLACED_BY, replacedBy);
        }
        return data;
    }
}
