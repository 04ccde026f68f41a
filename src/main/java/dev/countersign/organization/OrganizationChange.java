package dev.countersign.organization;

import dev.countersign.credential.Caller;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.ingest.IngestMember;
import dev.countersign.postgres.row.RowChange;
import dev.countersign.ratelimit.RateLimit;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;
import org.jspecify.annotations.Nullable;

/**
 * Reads and holds the body of a request that changes an organization: its name, slug, ingest host and default rate limit. An
 * absent member leaves its column unchanged.
 */
@Schemas("""
        OrganizationUpdate:
          properties:
            name: Name64
            slug: {like: organizationSlug}
            ingest: {like: ingestName}
            defaultRateLimit: DefaultRateLimitRequest
          examples: [{name: The Interstellar Jurisdiction}]
        """)
public record OrganizationChange(
        Member<String> name, Member<String> slug, IngestMember ingest, Member<RateLimit> defaultRateLimit) {

    /** Reads the members and throws all their faults at once. */
    public static OrganizationChange read(RequestFields fields, IngestHosts hosts) {
        OrganizationChange change = new OrganizationChange(
                fields.text("name", NewOrganization.NAME),
                fields.text("slug", NewOrganization.SLUG),
                IngestMember.read(fields, hosts),
                RateLimit.readDefault(fields));
        fields.check();
        return change;
    }

    /** Whether the change depends on the stored row. Otherwise {@link #toRow} does not read the stored name. */
    boolean needsStored() {
        return !ingest.isKnown();
    }

    /**
     * Translates the members that were sent into columns.
     *
     * @param storedIngest the stored name of the ingest host
     * @throws dev.countersign.web.error.ApiException.Invalid if the ingest host is neither configured nor stored
     */
    public RowChange<Organization> toRow(Caller caller, @Nullable String storedIngest) {
        RowChange<Organization> row = new RowChange<>(caller.name());
        name.ifValue(value -> row.set(OrganizationRepository.NAME, value));
        slug.ifValue(value -> row.set(OrganizationRepository.SLUG, value));
        if (ingest.isPresent()) {
            row.set(OrganizationRepository.INGEST, ingest.orStored(storedIngest));
        }
        defaultRateLimit.ifPresent(sent -> {
            RateLimit limit = sent.value();
            row.set(OrganizationRepository.DEFAULT_RATE_LIMIT_WINDOW, limit == null ? null : limit.window());
            row.set(OrganizationRepository.DEFAULT_RATE_LIMIT_COUNT, limit == null ? null : limit.count());
        });
        return row;
    }
}
