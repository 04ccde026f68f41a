package dev.countersign.gate.known;

import java.net.IDN;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the setting {@code allowedDomains} of a project, and decides whether an event from a web page is allowed, by the rules
 * of Sentry. An entry is {@code *} (every page), or a host with an optional scheme before and port behind it:
 *
 * <ul>
 *   <li>{@code example.com} is this host on every port, {@code example.com:8080} on this one.
 *   <li>{@code *.example.com} is this host and every host below it.
 *   <li>{@code https://example.com} is this host by this scheme, {@code app://*} every host by this one.
 * </ul>
 *
 * <p>Case does not count, nor does a slash at the end, and a host is the same in Unicode and in Punycode. An entry with a
 * path allows only an origin of the same text.
 */
public final class AllowedDomains {

    /** Allows every page, as a project does whose setting was never changed. */
    public static final AllowedDomains ANY = new AllowedDomains(true, Set.of(), List.of());

    private static final String ANYTHING = "*";
    private static final String SCHEME_END = "://";
    private static final String BELOW = "*.";

    private final boolean any;
    private final Set<String> texts;
    private final List<Entry> entries;

    private AllowedDomains(boolean any, Set<String> texts, List<Entry> entries) {
        this.any = any;
        this.texts = texts;
        this.entries = entries;
    }

    /** Reads the entries of the setting; without entries no page is allowed. */
    public static AllowedDomains of(List<String> setting) {
        Set<String> texts = new HashSet<>();
        List<Entry> entries = new ArrayList<>();
        for (String written : setting) {
            String text = withoutSlashes(written.toLowerCase(Locale.ROOT));
            if (text.equals(ANYTHING)) {
                return ANY;
            }
            if (!text.isEmpty() && texts.add(text)) {
                Entry entry = Entry.parse(text);
                if (entry != null) {
                    entries.add(entry);
                }
            }
        }
        return new AllowedDomains(false, Set.copyOf(texts), List.copyOf(entries));
    }

    /**
     * Whether an event may come from a page.
     *
     * @param origin the header {@code Origin}, or scheme and host of {@code Referer}; null for an event that names no page,
     *     which is allowed
     */
    public boolean allows(@Nullable String origin) {
        if (any || origin == null) {
            return true;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        if (texts.contains(lower)) {
            return true;
        }
        if (entries.isEmpty() || lower.isEmpty() || lower.equals("null")) {
            return false;
        }
        Page page = Page.parse(lower);
        for (Entry entry : entries) {
            if (entry.matches(page)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AllowedDomains domains && any == domains.any && texts.equals(domains.texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    private static String withoutSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    /** The host in ASCII; null if Unicode's rules allow no such host. */
    private static @Nullable String ascii(String host) {
        if (host.chars().allMatch(character -> character < 0x80)) {
            return host;
        }
        try {
            return IDN.toASCII(host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Holds one entry of the setting.
     *
     * @param scheme such as {@code https}; null is every scheme
     * @param host a host, a host after {@value #BELOW}, or {@value #ANYTHING}
     * @param port null is every port
     */
    private record Entry(
            @Nullable String scheme, String host, @Nullable String port) {

        /** Null for a text that can match no page but one of the same text. */
        static @Nullable Entry parse(String text) {
            int schemeEnd = text.indexOf(SCHEME_END);
            String rest = schemeEnd < 0 ? text : text.substring(schemeEnd + SCHEME_END.length());
            int slash = rest.indexOf('/');
            if (slash >= 0 && !rest.substring(slash + 1).equals(ANYTHING)) {
                return null;
            }
            String domain = slash < 0 ? rest : rest.substring(0, slash);
            int colon = domain.indexOf(':');
            String host = ascii(colon < 0 ? domain : domain.substring(0, colon));
            return host == null
                    ? null
                    : new Entry(
                            schemeEnd < 0 ? null : text.substring(0, schemeEnd),
                            host,
                            colon < 0 ? null : domain.substring(colon + 1));
        }

        boolean matches(Page page) {
            if (scheme != null && !scheme.equals(ANYTHING) && !scheme.equals(page.scheme)) {
                return false;
            }
            if (host.startsWith(BELOW)) {
                return page.host.endsWith(host.substring(1)) || page.host.equals(host.substring(BELOW.length()));
            }
            return (host.equals(ANYTHING) || host.equals(page.host)) && (port == null || port.equals(page.port));
        }
    }

    /** Holds the parts of the origin of a web page; absent parts are empty. */
    private record Page(String scheme, String host, String port) {

        static Page parse(String origin) {
            int schemeEnd = origin.indexOf(SCHEME_END);
            if (schemeEnd < 0) {
                return new Page("", "", "");
            }
            int start = schemeEnd + SCHEME_END.length();
            int end = start;
            while (end < origin.length() && "/?#".indexOf(origin.charAt(end)) < 0) {
                end++;
            }
            String authority = origin.substring(Math.max(start, origin.lastIndexOf('@', end - 1) + 1), end);
            int bracket = authority.indexOf(']');
            int colon = authority.indexOf(':', Math.max(0, bracket));
            String host = colon < 0 ? authority : authority.substring(0, colon);
            String ascii = ascii(host.startsWith("[") && bracket > 0 ? host.substring(1, bracket) : host);
            return new Page(
                    origin.substring(0, schemeEnd),
                    ascii == null ? host : ascii,
                    colon < 0 ? "" : authority.substring(colon + 1));
        }
    }
}
