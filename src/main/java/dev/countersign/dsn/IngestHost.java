package dev.countersign.dsn;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds one base URL of an ingest host, of its secret or of its public DSNs, with the subdomain of an organization if there
 * is one.
 *
 * @param endpoint the base URL without a subdomain
 * @param subdomain the subdomain before the host, with {@code {organization_id}} in place of the id; or null
 */
record IngestHost(Endpoint endpoint, @Nullable String subdomain) {

    private static final Pattern SUBDOMAIN = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    IngestHost {
        if (subdomain != null && endpoint.isAddress()) {
            throw new IllegalArgumentException("a subdomain cannot stand before an IP address");
        }
    }

    /**
     * Checks a subdomain, with or without {@code {organization_id}}.
     *
     * @throws IllegalArgumentException with a message that continues a sentence after the value
     */
    static String requireSubdomain(String template) {
        if (!SUBDOMAIN
                .matcher(template.replace(UrlTemplate.ORGANIZATION_ID, "1"))
                .matches()) {
            throw new IllegalArgumentException("is not a host name part");
        }
        return template;
    }

    /** The base URL for the events of any organization, with {@code {organization_id}} in place of the id. */
    Endpoint template() {
        return subdomain == null ? endpoint : endpoint.withSubdomain(subdomain);
    }
}
