package dev.countersign.dsn;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A base URL: scheme, host with an optional port, and an optional path without a trailing slash.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host and port, as configured
 * @param path empty, or with a leading slash
 */
record Endpoint(String scheme, String authority, String path) {

    /**
     * Reads the value of a setting.
     *
     * @throws IllegalArgumentException with one line that names the setting and shows what it should look like
     */
    static Endpoint parse(String setting, String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw refused(setting, text, "is not a URL");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw refused(setting, text, "does not start with https:// or http://");
        }
        String fault = fault(uri);
        if (fault != null) {
            throw refused(setting, text, fault);
        }
        String path = uri.getRawPath();
        return new Endpoint(
                scheme, uri.getRawAuthority(), path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    /** The same with a subdomain put before the host. */
    Endpoint withSubdomain(String subdomain) {
        return new Endpoint(scheme, subdomain + "." + authority, path);
    }

    /** The URL with a user info part, as DSNs have it, and without the path's end. */
    String withUserInfo(String userInfo) {
        return scheme + "://" + userInfo + "@" + authority + path;
    }

    @Override
    public String toString() {
        return scheme + "://" + authority + path;
    }

    private static @Nullable String fault(URI uri) {
        String authority = uri.getRawAuthority();
        if (authority == null) {
            return "has no host";
        }
        if (authority.contains("_")) {
            return "has an underscore in its host, which the Java SDK refuses";
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            return "has no valid host";
        }
        boolean more = uri.getRawQuery() != null || uri.getRawFragment() != null;
        return more ? "has a query or a fragment" : null;
    }

    private static IllegalArgumentException refused(String setting, String text, String why) {
        return new IllegalArgumentException(
                setting + " \"" + text + "\" " + why + "; it should look like https://ingest.example.com");
    }
}
