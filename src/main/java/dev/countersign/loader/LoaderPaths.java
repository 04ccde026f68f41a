package dev.countersign.loader;

import dev.countersign.dsn.DsnBuilder;
import dev.countersign.dsn.IngestHosts;
import java.util.Set;
import java.util.TreeSet;

/** Static helper: derives from the configured URLs of loaders where this service serves loaders and files of the SDK. */
final class LoaderPaths {

    private static final String LOADER = "js-sdk-loader/";
    private static final String SDK = "js-sdk/";

    private LoaderPaths() {}

    /**
     * The paths of loaders, each with a slash at both ends: {@code /js-sdk-loader/}, and the path of the loader's URL of each
     * ingest host, which a proxy may leave as it is.
     */
    static Set<String> loaders(IngestHosts hosts) {
        Set<String> paths = new TreeSet<>();
        paths.add("/" + LOADER);
        for (DsnBuilder host : hosts.byName().values()) {
            String url = host.cdnUrl();
            paths.add(url.substring(url.indexOf('/', url.indexOf("://") + "://".length())));
        }
        return paths;
    }

    /** The URL or path of the SDK's files that belongs to the URL or path of loaders. */
    static String sdk(String loader) {
        String base = loader.endsWith("/" + LOADER) ? loader.substring(0, loader.length() - LOADER.length()) : loader;
        return base + SDK;
    }
}
