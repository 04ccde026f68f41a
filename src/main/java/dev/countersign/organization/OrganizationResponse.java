package dev.countersign.organization;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.countersign.credential.Caller;
import dev.countersign.ratelimit.RateLimit;
import dev.countersign.web.json.DefaultMembers;
import dev.countersign.web.json.FixedMembers;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds an organization as the API shows it, in Sentry's form.
 *
 * @param access the scopes of the caller
 * @param ingest the name of the ingest host; answers leave the member out where none is stored
 * @param defaultRateLimit the default for the rate limits of new client keys; answers leave the member out where none is
 *     stored
 * @param rest all other members of Sentry's schema, with the empty or default values that the schema allows
 */
@JsonPropertyOrder({"id", "slug", "name", "dateCreated", "status", "links", "access", "ingest", "defaultRateLimit"})
@RegisterForReflection
public record OrganizationResponse(
        String id,
        String slug,
        String name,
        Instant dateCreated,
        Status status,
        Links links,
        List<String> access,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String ingest,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RateLimit defaultRateLimit,

        @JsonAnyGetter @JsonSerialize(using = FixedMembers.Writer.class)
        Map<String, Object> rest) {

    private static final Map<String, Object> SUMMARY = new FixedMembers(DefaultMembers.load("organization.json"));
    private static final Map<String, Object> DETAILS = DefaultMembers.load("organization-details.json");

    @RegisterForReflection
    record Status(String id, String name) {}

    @RegisterForReflection
    record Links(String organizationUrl, String regionUrl) {}

    /** The form that lists show. */
    public static OrganizationResponse summary(Organization organization, Caller caller, String baseUrl) {
        return of(organization, caller, baseUrl, SUMMARY);
    }

    /**
     * The form that the details of one organization show.
     *
     * @param lists the members that hold lists, such as the teams
     */
    static OrganizationResponse details(
            Organization organization, Caller caller, String baseUrl, Map<String, Object> lists) {
        Map<String, Object> rest = new LinkedHashMap<>(SUMMARY);
        rest.putAll(DETAILS);
        rest.putAll(lists);
        return of(organization, caller, baseUrl, rest);
    }

    private static OrganizationResponse of(
            Organization organization, Caller caller, String baseUrl, Map<String, Object> rest) {
        return new OrganizationResponse(
                Long.toString(organization.requireId()),
                organization.slug,
                organization.name,
                organization.dateAdded,
                new Status("active", "active"),
                new Links(baseUrl + "/organizations/" + organization.slug + "/", baseUrl),
                caller.scopes(),
                organization.ingest,
                organization.defaultRateLimit(),
                rest);
    }
}
