package dev.countersign.loader;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Holds one form of the loader, readable or minified, and of the script that does nothing, which pages get for a key that is
 * not good.
 */
final class LoaderScript {

    /** Where the arguments of a key belong in the loader. */
    private static final String ARGUMENTS = "__ARGUMENTS__";

    private final Buffer before;
    private final Buffer after;
    private final String digest;
    private final Buffer noop;
    private final String noopTag;

    private LoaderScript(String loader, String noop) {
        int arguments = loader.lastIndexOf(ARGUMENTS);
        this.before = Buffer.buffer(loader.substring(0, arguments));
        this.after = Buffer.buffer(loader.substring(arguments + ARGUMENTS.length()));
        this.digest = LoaderArguments.digest(loader);
        this.noop = Buffer.buffer(noop);
        this.noopTag = tag(LoaderArguments.digest(noop));
    }

    /** Reads one form from the class path: {@code .js} or {@code .min.js}. */
    static LoaderScript read(String suffix) {
        return new LoaderScript(text("loader" + suffix), text("noop" + suffix));
    }

    /** The loader of a key. */
    Buffer of(LoaderKey.Script key) {
        return Buffer.buffer(before.length() + key.arguments().length() + after.length())
                .appendBuffer(before)
                .appendBuffer(key.arguments())
                .appendBuffer(after);
    }

    /** The value of {@code ETag} for the loader of a key. */
    String tagOf(LoaderKey.Script key) {
        return tag(digest + key.digest());
    }

    /** The script that does nothing. */
    Buffer noop() {
        return noop;
    }

    /** The value of {@code ETag} for the script that does nothing. */
    String noopTag() {
        return noopTag;
    }

    private static String tag(String digest) {
        return "\"" + digest + "\"";
    }

    private static String text(String file) {
        try (InputStream in = LoaderScript.class.getResourceAsStream("/loader/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
