package dev.countersign.dsn;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host that takes events, for all organizations or under a subdomain of each.
 *
 * @param endpoint the base URL without a subdomain
 * @param subdomain what stands before the host, with {@code {organization_id}} in place of the id; null for none
 */
record IngestHost(Endpoint endpoint, @Nullable String subdomain) {

    private static final String ORGANIZATION_ID = "{organization_id}";
    private static final Pattern SUBDOMAIN = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    IngestHost {
        if (subdomain != null && endpoint.isAddress()) {
            throw new IllegalArgumentException("a subdomain cannot stand before an IP address");
        }
    }

    /**
     * Checks a subdomain, with or without a place for an organization's id.
     *
     * @throws IllegalArgumentException with half a sentence that goes on from the value
     */
    static String requireSubdomain(String template) {
        if (!SUBDOMAIN.matcher(template.replace(ORGANIZATION_ID, "1")).matches()) {
            throw new IllegalArgumentException("is not a host name part");
        }
        return template;
    }

    /** The base URL for the events of one organization. */
    Endpoint of(long organizationId) {
        return subdomain == null
                ? endpoint
                : endpoint.withSubdomain(subdomain.replace(ORGANIZATION_ID, Long.toString(organizationId)));
    }
}
