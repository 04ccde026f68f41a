package dev.countersign.credential;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds the browser origins that an API key allows, and checks the header {@code Origin} of a request against them. A rule has
 * one of Sentry's forms: {@code *}, {@code app.example.com}, or {@code *.example.com} (this name and all names below). A scheme
 * may precede the host, and a port may follow the host. A rule with a scheme and without a port allows the scheme's default
 * port; a rule with neither allows every port.
 *
 * @param rules an empty list allows every origin
 */
public record AllowedOrigins(List<String> rules) {

    /** Allows every origin. */
    static final AllowedOrigins ANY = new AllowedOrigins(List.of());

    private static final String ALL = "*";
    private static final Pattern RULE = Pattern.compile("(?:(?<scheme>https?)://)?(?<wild>\\*\\.)?"
            + "(?<host>[a-z0-9-]+(?:\\.[a-z0-9-]+)*|\\[[0-9a-f:.]+])(?::(?<port>[0-9]{1,5}))?");

    /** Whether a text is a rule. A host without a scheme needs a dot, so that a plain word is not a rule. */
    public static boolean isRule(String text) {
        Matcher rule = RULE.matcher(text.toLowerCase(Locale.ROOT));
        return text.equals(ALL) || (rule.matches() && (rule.group("scheme") != null || text.contains(".")));
    }

    /** Whether the rules exclude any origin. */
    boolean isLimited() {
        return !rules.isEmpty() && !rules.contains(ALL);
    }

    /**
     * Whether the rules allow an origin.
     *
     * @param origin the value of the header; the literal {@code null}, which a sandboxed page sends, matches only
     *     {@code *}
     */
    boolean allow(String origin) {
        if (!isLimited()) {
            return true;
        }
        try {
            URI uri = new URI(origin.toLowerCase(Locale.ROOT));
            return uri.getHost() != null
                    && uri.getScheme() != null
                    && rules.stream().anyMatch(rule -> allows(rule, uri));
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }

    private static boolean allows(String text, URI origin) {
        Matcher rule = RULE.matcher(text.toLowerCase(Locale.ROOT));
        if (!rule.matches()) {
            return false;
        }
        String scheme = rule.group("scheme");
        boolean sameScheme = scheme == null || scheme.equals(origin.getScheme());
        return sameScheme && allowsHost(rule, origin.getHost()) && allowsPort(rule, origin);
    }

    private static boolean allowsHost(Matcher rule, String host) {
        String name = rule.group("host");
        return host.equals(name) || (rule.group("wild") != null && host.endsWith("." + name));
    }

    private static boolean allowsPort(Matcher rule, URI origin) {
        String port = rule.group("port");
        if (port != null) {
            return Integer.parseInt(port) == portOf(origin);
        }
        return rule.group("scheme") == null || portOf(origin) == defaultPort(origin);
    }

    private static int portOf(URI origin) {
        return origin.getPort() < 0 ? defaultPort(origin) : origin.getPort();
    }

    private static int defaultPort(URI origin) {
        return "https".equals(origin.getScheme()) ? 443 : 80;
    }
}
