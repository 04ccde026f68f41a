package dev.countersign.loader;

import dev.countersign.crypto.Sha256;
import dev.countersign.loader.sdk.SdkBundle;
import dev.countersign.loader.sdk.SdkOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Static helper: writes what the loader of a key is called with: its public key, the URL of the SDK, the options of the SDK as
 * JSON, whether the SDK may wait for the first error, and the hash of the SDK's file where it is known.
 */
final class LoaderArguments {

    private static final double REPLAYED_SESSIONS = 0.1;
    private static final int DIGEST_BYTES = 12;

    private LoaderArguments() {}

    /** The end of the script of a key. */
    static LoaderKey.Script script(String publicKey, String dsn, SdkBundle bundle) {
        String text = Json.encode(publicKey)
                + "," + Json.encode(bundle.url())
                + "," + config(dsn, bundle.options()).encode()
                + "," + bundle.options().isLazy()
                + (bundle.integrity() == null ? "" : "," + Json.encode(bundle.integrity()));
        Buffer arguments = Buffer.buffer(escape(text));
        return new LoaderKey.Script(arguments, digest(arguments.getBytes()));
    }

    private static JsonObject config(String dsn, SdkOptions options) {
        JsonObject config = JsonObject.of("dsn", dsn);
        if (options.debug()) {
            config.put("debug", true);
        }
        if (options.performance()) {
            config.put("tracesSampleRate", 1);
        }
        if (options.replay()) {
            config.put("replaysSessionSampleRate", REPLAYED_SESSIONS).put("replaysOnErrorSampleRate", 1);
        }
        if (options.feedback()) {
            config.put("autoInjectFeedback", true);
        }
        if (options.logsAndMetrics()) {
            config.put("enableLogs", true);
        }
        return config;
    }

    /** Escapes what would end a script in a page, or a line in an old browser. Only strings of JSON hold such characters. */
    private static String escape(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** A short hash, in hexadecimal digits. */
    static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes), 0, DIGEST_BYTES);
    }

    /** A short hash of a text. */
    static String digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
