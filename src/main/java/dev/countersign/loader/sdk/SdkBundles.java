package dev.countersign.loader.sdk;

import jakarta.inject.Singleton;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the file of the SDK that a client key asks for: in the folder of this service, or at the configured URL. */
@Singleton
public class SdkBundles {

    private static final Pattern SLOT = Pattern.compile("%s");

    private final SdkFolder folder;
    private final SdkVersions versions;
    private final @Nullable String pattern;

    SdkBundles(LoaderConfig config, SdkFolder folder) {
        this.folder = folder;
        this.versions = new SdkVersions(folder.isEmpty() ? config.sdkVersions() : folder.versions());
        this.pattern = config.sdkUrl().orElse(config.sdkDir().isPresent() ? null : LoaderConfig.PUBLIC_CDN);
    }

    /**
     * The exact version of the SDK that a key asks for, also where the folder lacks the file.
     *
     * @param choice the member {@code browserSdkVersion} of the key
     * @return null if there is no version at all
     */
    public @Nullable String version(String choice) {
        return versions.find(choice);
    }

    /**
     * Finds the file.
     *
     * @param choice the member {@code browserSdkVersion} of the key
     * @param ownBase the URL below which this service serves its folder, with a slash at the end
     * @return null if the folder has no such file
     */
    public @Nullable SdkBundle find(String choice, SdkOptions options, String ownBase) {
        String version = version(choice);
        if (version == null) {
            return null;
        }
        int major = SdkVersions.major(version);
        SdkOptions known = options.of(major);
        String modifier = known.modifier(major);
        if (pattern != null) {
            return new SdkBundle(version, known, fill(pattern, version, modifier), null);
        }
        String name = version + "/bundle" + modifier + ".min.js";
        SdkFile file = folder.find(name);
        return file == null ? null : new SdkBundle(version, known, ownBase + name, file.integrity());
    }

    /** Puts values in place of {@code %s}, in their order. A pattern with more than two places stays as it is. */
    static String fill(String pattern, String version, String modifier) {
        Matcher slots = SLOT.matcher(pattern);
        if (slots.results().count() > 2) {
            return pattern;
        }
        return pattern.replaceFirst("%s", version).replaceFirst("%s", modifier);
    }
}
