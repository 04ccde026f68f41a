package dev.countersign.projectkey;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.countersign.projectkey.store.BrowserSdk;
import dev.countersign.projectkey.store.LoaderOptions;
import dev.countersign.web.json.DefaultMembers;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a client key as JSON, as the annotations of {@link ProjectKeyResponse} describe, but without reflection, by which Jackson
 * would ask for each member. A test compares the two.
 */
final class ProjectKeyWriter extends StdSerializer<ProjectKeyResponse> {

    private static final SerializedString ID = new SerializedString("id");
    private static final SerializedString NAME = new SerializedString("name");
    private static final SerializedString LABEL = new SerializedString("label");
    private static final SerializedString PUBLIC = new SerializedString("public");
    private static final SerializedString SECRET = new SerializedString("secret");
    private static final SerializedString PROJECT_ID = new SerializedString("projectId");
    private static final SerializedString IS_ACTIVE = new SerializedString("isActive");
    private static final SerializedString RATE_LIMIT = new SerializedString("rateLimit");
    private static final SerializedString DSN = new SerializedString("dsn");
    private static final SerializedString DSNS = new SerializedString("dsns");
    private static final SerializedString BROWSER_SDK_VERSION = new SerializedString("browserSdkVersion");
    private static final SerializedString BROWSER_SDK = new SerializedString("browserSdk");
    private static final SerializedString DATE_CREATED = new SerializedString("dateCreated");
    private static final SerializedString DATE_EXPIRES = new SerializedString("dateExpires");
    private static final SerializedString REPLACED_BY = new SerializedString("replacedBy");
    private static final SerializedString LAST_SEEN = new SerializedString("lastSeen");
    private static final SerializedString LOADER_OPTIONS = new SerializedString("dynamicSdkLoaderOptions");
    private static final SerializedString HAS_REPLAY = new SerializedString("hasReplay");
    private static final SerializedString HAS_PERFORMANCE = new SerializedString("hasPerformance");
    private static final SerializedString HAS_DEBUG = new SerializedString("hasDebug");
    private static final SerializedString HAS_FEEDBACK = new SerializedString("hasFeedback");
    private static final SerializedString HAS_LOGS_AND_METRICS = new SerializedString("hasLogsAndMetrics");
    private static final SerializedString USE_CASE = new SerializedString("useCase");

    /** What every key offers. */
    private static final SerializedString OFFERED = new SerializedString(DefaultMembers.json(BrowserSdk.OFFERED));

    ProjectKeyWriter() {
        super(ProjectKeyResponse.class);
    }

    @Override
    public void serialize(ProjectKeyResponse key, JsonGenerator out, SerializerProvider provider) throws IOException {
        out.writeStartObject(key);
        write(ID, key.id(), out);
        write(NAME, key.name(), out);
        write(LABEL, key.label(), out);
        write(PUBLIC, key.publicKey(), out);
        write(SECRET, key.secretKey(), out);
        out.writeFieldName(PROJECT_ID);
        out.writeNumber(key.projectId());
        write(IS_ACTIVE, key.isActive(), out);
        write(RATE_LIMIT, key.rateLimit(), out, provider);
        write(DSN, key.dsn(), out, provider);
        writeUnlessNull(DSNS, key.dsns(), out, provider);
        write(BROWSER_SDK_VERSION, key.browserSdkVersion(), out);
        writeBrowserSdk(key.browserSdk(), out, provider);
        write(DATE_CREATED, key.dateCreated(), out, provider);
        writeUnlessNull(DATE_EXPIRES, key.dateExpires(), out, provider);
        writeUnlessNull(REPLACED_BY, key.replacedBy(), out, provider);
        writeUnlessNull(LAST_SEEN, key.lastSeen(), out, provider);
        writeOptions(key.dynamicSdkLoaderOptions(), out);
        writeUnlessNull(USE_CASE, key.useCase(), out, provider);
        out.writeEndObject();
    }

    private static void writeBrowserSdk(BrowserSdk sdk, JsonGenerator out, SerializerProvider provider)
            throws IOException {
        if (out.getPrettyPrinter() == null && BrowserSdk.OFFERED.equals(sdk)) {
            out.writeFieldName(BROWSER_SDK);
            out.writeRawValue(OFFERED);
        } else {
            write(BROWSER_SDK, sdk, out, provider);
        }
    }

    private static void writeOptions(LoaderOptions options, JsonGenerator out) throws IOException {
        out.writeFieldName(LOADER_OPTIONS);
        out.writeStartObject(options);
        write(HAS_REPLAY, options.hasReplay(), out);
        write(HAS_PERFORMANCE, options.hasPerformance(), out);
        write(HAS_DEBUG, options.hasDebug(), out);
        write(HAS_FEEDBACK, options.hasFeedback(), out);
        write(HAS_LOGS_AND_METRICS, options.hasLogsAndMetrics(), out);
        out.writeEndObject();
    }

    private static void write(SerializedString name, String text, JsonGenerator out) throws IOException {
        out.writeFieldName(name);
        out.writeString(text);
    }

    private static void write(SerializedString name, boolean flag, JsonGenerator out) throws IOException {
        out.writeFieldName(name);
        out.writeBoolean(flag);
    }

    private static void write(
            SerializedString name, @Nullable Object value, JsonGenerator out, SerializerProvider provider)
            throws IOException {
        out.writeFieldName(name);
        provider.defaultSerializeValue(value, out);
    }

    private static void writeUnlessNull(
            SerializedString name, @Nullable Object value, JsonGenerator out, SerializerProvider provider)
            throws IOException {
        if (value != null) {
            write(name, value, out, provider);
        }
    }
}
