package dev.countersign.transfer.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.countersign.projectkey.store.BrowserSdk;
import dev.countersign.transfer.row.KeyRow;
import dev.countersign.transfer.source.ModelObject.MalformedException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Static helper: converts the client keys of an export in Sentry's form to rows of an import. */
final class SentryKeys {

    /** The options of the loader, by their names in the API. */
    private static final Set<String> LOADER_OPTIONS =
            Set.of("hasReplay", "hasPerformance", "hasDebug", "hasFeedback", "hasLogsAndMetrics");

    private static final int STORE = 1;
    private static final int INACTIVE = 1;
    private static final int MAX_WINDOW = 86_400;
    private static final Set<String> USE_CASES = Set.of("user", "profiling", "escalating_issues", "tempest", "demo");

    private SentryKeys() {}

    static void read(ModelObject object, RowSink sink) throws MalformedException, IOException, SQLException {
        int status = object.number("status", 0);
        String publicKey = object.hexKey("public_key");
        if (status > INACTIVE) {
            sink.notTaken("client keys that are being deleted");
        } else if ((object.number("roles", STORE) & STORE) == 0) {
            sink.notTaken("client keys without the role store");
        } else if (publicKey == null) {
            sink.notTaken("client keys without a public key");
        } else {
            sink.add(row(object, publicKey, status != INACTIVE, data(object, publicKey, sink)));
        }
    }

    private static KeyRow row(ModelObject object, String publicKey, boolean active, JsonNode data)
            throws MalformedException {
        JsonNode own = data.path(SentryModel.OWN);
        String version = data.path(SentryModel.SDK_VERSION).asText();
        return new KeyRow(
                object.optionalId(),
                object.id("project"),
                object.nameOr("label", publicKey),
                publicKey,
                object.hexKey("secret_key"),
                active,
                limit(object),
                BrowserSdk.VERSIONS.contains(version) ? version : null,
                loader(data.path(SentryModel.LOADER)),
                useCase(object),
                object.date("date_added"),
                expires(own),
                replacedBy(own));
    }

    /** The limit of a key, or null: Sentry takes a zero in either member as none. */
    static KeyRow.@Nullable Limit limit(ModelObject object) throws MalformedException {
        int window = object.number("rate_limit_window", 0);
        int count = object.number("rate_limit_count", 0);
        if (window < 0 || count < 0) {
            throw new MalformedException((window < 0 ? "rate_limit_window" : "rate_limit_count") + " is negative");
        }
        if (window == 0 || count == 0) {
            return null;
        }
        if (window > MAX_WINDOW) {
            throw new MalformedException("rate_limit_window is more than " + MAX_WINDOW);
        }
        return new KeyRow.Limit(window, count);
    }

    /** Sentry has written the object as a text. */
    private static JsonNode data(ModelObject object, String publicKey, RowSink sink) {
        JsonNode stored = object.fields().path("data");
        if (!stored.isTextual()) {
            return stored;
        }
        try {
            return ModelReader.JSON.readTree(stored.textValue());
        } catch (JsonProcessingException e) {
            sink.warn("WARN: client key " + publicKey + ": the value of data cannot be read and is left out.");
            return MissingNode.getInstance();
        }
    }

    private static Set<String> loader(JsonNode options) {
        return LOADER_OPTIONS.stream()
                .filter(name -> options.path(name).asBoolean())
                .collect(Collectors.toSet());
    }

    private static String useCase(ModelObject object) throws MalformedException {
        String useCase = Stream.of(object.fields().path("use_case"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst()
                .orElse("user");
        if (!USE_CASES.contains(useCase)) {
            throw new MalformedException("use_case is none of " + USE_CASES);
        }
        return useCase;
    }

    private static @Nullable Instant expires(JsonNode own) throws MalformedException {
        return ModelObject.date(SentryModel.DATE_EXPIRES, own.path(SentryModel.DATE_EXPIRES));
    }

    private static @Nullable String replacedBy(JsonNode own) throws MalformedException {
        JsonNode successor = own.path(SentryModel.REPLACED_BY);
        return ModelObject.isNull(successor) ? null : ModelObject.hexKey(SentryModel.REPLACED_BY, successor);
    }
}
