package dev.countersign.console;

import dev.countersign.crypto.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the page of the console and all files that it loads, in memory. The URL of a file has the hash of all files, such as
 * {@code 3f0c9a517be2d864/app.js}, so that a file and the modules that it imports always belong together.
 */
final class ConsoleFiles {

    private static final String FOLDER = "/console/";
    private static final int HASH_LENGTH = 16;

    /** The files. A native executable cannot list a folder. */
    static final List<String> NAMES = List.of(
            "api.js",
            "app.css",
            "app.js",
            "audit.js",
            "chart.js",
            "confirm.js",
            "copy.js",
            "create-key.js",
            "create-named.js",
            "dsns.js",
            "html.js",
            "icon.svg",
            "key-form.js",
            "key-settings.js",
            "key-state.js",
            "key-usage.js",
            "key.js",
            "load.js",
            "organization.js",
            "organizations.js",
            "project.js",
            "rotate.js",
            "route.js",
            "session.js",
            "shell.js",
            "sign-in.js",
            "snippets.js",
            "text.js",
            "ui.js",
            "usage.js",
            "vendor/hooks.js",
            "vendor/htm.js",
            "vendor/preact.js");

    private final String hash;
    private final Map<String, ConsoleFile> files = new HashMap<>();
    private final ConsoleFile page;

    private ConsoleFiles(Duration idleTimeout, Duration usageHours, boolean hasSample) {
        MessageDigest digest = Sha256.digest();
        for (String name : NAMES) {
            byte[] bytes = read(name);
            digest.update((name + ":" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
            files.put(name, ConsoleFile.of(name, bytes));
        }
        this.hash = HexFormat.of().formatHex(digest.digest()).substring(0, HASH_LENGTH);
        this.page = ConsoleFile.page(new String(read("page.html"), StandardCharsets.UTF_8)
                .replace("{preload}", preload())
                .replace("{files}", hash)
                .replace("{idle-seconds}", Long.toString(idleTimeout.toSeconds()))
                .replace("{usage-seconds}", Long.toString(usageHours.toSeconds()))
                .replace("{sample}", Boolean.toString(hasSample)));
    }

    /**
     * Reads the files.
     *
     * @param idleTimeout after which the page forgets the credential
     * @param usageHours how long the service keeps usage by the hour, of which lists of keys show the sums
     * @param hasSample whether the page offers the credential of sample data, which development mode serves
     */
    static ConsoleFiles read(Duration idleTimeout, Duration usageHours, boolean hasSample) {
        return new ConsoleFiles(idleTimeout, usageHours, hasSample);
    }

    ConsoleFile page() {
        return page;
    }

    /** The file at a path below the page, such as {@code 3f0c9a517be2d864/app.js}, or null. */
    @Nullable
    ConsoleFile find(String path) {
        return path.startsWith(hash + "/") ? files.get(path.substring(hash.length() + 1)) : null;
    }

    /** Lets the browser load all modules at once, and not each when another one imports it. */
    private static String preload() {
        return NAMES.stream()
                .filter(name -> name.endsWith(".js"))
                .map(name -> "<link rel=\"modulepreload\" href=\"{files}/" + name + "\">")
                .collect(Collectors.joining("\n"));
    }

    private static byte[] read(String name) {
        try (InputStream file = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
