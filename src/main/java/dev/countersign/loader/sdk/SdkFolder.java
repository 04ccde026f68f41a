package dev.countersign.loader.sdk;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists the files of the SDK in the folder {@code countersign.loader.sdk-dir}, once at start. Files with other names, folders
 * of other names, and links that lead out of the folder are left out. Without the setting there are no files.
 */
@Singleton
public class SdkFolder {

    private static final Pattern NAME = Pattern.compile("bundle(?:\\.[a-z0-9]{1,16}){0,8}\\.min\\.js");
    private static final int MAX_FILES = 2_000;
    private static final int BUFFER = 65_536;

    private final Map<String, SdkFile> files;

    SdkFolder(LoaderConfig config) {
        this.files = config.sdkDir().map(SdkFolder::read).orElse(Map.of());
    }

    /**
     * A file.
     *
     * @param name version and name, such as {@code 10.78.0/bundle.min.js}
     */
    @Nullable
    SdkFile find(String name) {
        return files.get(name);
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** The versions of which there are files. */
    List<String> versions() {
        return files.keySet().stream()
                .map(name -> name.substring(0, name.indexOf('/')))
                .distinct()
                .toList();
    }

    private static Map<String, SdkFile> read(Path folder) {
        try (Stream<Path> entries = Files.walk(folder, 2)) {
            Path root = folder.toRealPath();
            List<Path> bundles = entries.filter(entry -> isBundle(folder.relativize(entry)))
                    .limit(MAX_FILES)
                    .toList();
            Map<String, SdkFile> files = new TreeMap<>();
            for (Path bundle : bundles) {
                Path real = bundle.toRealPath();
                if (real.startsWith(root) && Files.isRegularFile(real)) {
                    files.put(name(folder.relativize(bundle)), file(real));
                }
            }
            return Map.copyOf(files);
        } catch (IOException e) {
            throw new UncheckedIOException("countersign.loader.sdk-dir cannot be read", e);
        }
    }

    private static boolean isBundle(Path relative) {
        return relative.getNameCount() == 2
                && SdkVersions.isExact(relative.getName(0).toString())
                && NAME.matcher(relative.getName(1).toString()).matches();
    }

    private static String name(Path relative) {
        return Stream.of(relative.getName(0), relative.getName(1))
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }

    private static SdkFile file(Path real) throws IOException {
        MessageDigest digest = sha384();
        try (InputStream in = new DigestInputStream(Files.newInputStream(real), digest)) {
            byte[] buffer = new byte[BUFFER];
            long bytes = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
            return new SdkFile(
                    real.toString(), bytes, "sha384-" + Base64.getEncoder().encodeToString(digest.digest()));
        }
    }

    private static MessageDigest sha384() {
        try {
            return MessageDigest.getInstance("SHA-384");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
