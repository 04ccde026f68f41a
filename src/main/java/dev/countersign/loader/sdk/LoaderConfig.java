package dev.countersign.loader.sdk;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Configures where the JavaScript loader of client keys gets Sentry's browser SDK. */
@ConfigMapping(prefix = "countersign.loader")
public interface LoaderConfig {

    /** The pattern of Sentry's public CDN. */
    String PUBLIC_CDN = "https://browser.sentry-cdn.com/%s/bundle%s.min.js";

    /** The last versions of the SDK that were published on npm, one for each major version. */
    String SDK_VERSIONS = "4.6.6,5.30.0,6.19.7,7.120.4,8.55.2,9.47.2,10.78.0,11.12.0";

    /**
     * The URL of the SDK's files. The first {@code %s} stands for the version, the second for the modifier of the bundle, such
     * as {@code .tracing.replay}. Unset: the files of {@link #sdkDir}, otherwise those at {@value #PUBLIC_CDN}.
     */
    Optional<String> sdkUrl();

    /** The versions of the SDK, one for each major version that client keys choose. The files of {@link #sdkDir} win. */
    @WithDefault(SDK_VERSIONS)
    List<String> sdkVersions();

    /**
     * A folder with files of the SDK, named such as {@code 10.78.0/bundle.tracing.min.js}, that the service serves below
     * {@code /js-sdk/}. The folder is read at start. Unset: no file is served.
     */
    Optional<Path> sdkDir();
}
