package dev.countersign.dsn;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses and holds the base URL of an ingest host, from a setting: scheme, host with optional port, and path.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority the configured host and port
 * @param path empty, or with a leading slash
 */
public record Endpoint(String scheme, String authority, String path) {

    private static final int MAX_PORT = 65535;

    /** What shells and the readers of {@code .env} files take as it is, because DSNs are written into both. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._%/:@+,=-]*");

    /**
     * Parses the value of a setting.
     *
     * @throws IllegalArgumentException with a message that continues a sentence after the value: {@code is not a URL}
     */
    public static Endpoint parse(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("does not start with https:// or http://");
        }
        String fault = fault(uri);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        String path = uri.getRawPath();
        return new Endpoint(
                scheme, uri.getRawAuthority(), path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    /** Whether the host is an IP address, which cannot have a subdomain. */
    public boolean isAddress() {
        return authority.startsWith("[") || authority.matches("[0-9.]+(:[0-9]+)?");
    }

    /** The same URL with a subdomain before the host. */
    Endpoint withSubdomain(String subdomain) {
        return new Endpoint(scheme, subdomain + "." + authority, path);
    }

    /** The URL with user info before the host, as in a DSN, and without a trailing slash. */
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
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            return "has no valid port";
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return "has a query or a fragment";
        }
        if (uri.getRawPath().contains("//")) {
            return "has two slashes in a row in its path";
        }
        return PLAIN.matcher(uri.getRawPath()).matches()
                ? null
                : "has a character in its path that is no letter or digit of ASCII and none of -._%/:@+,=";
    }
}
