package dev.countersign.team;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.countersign.credential.Caller;
import dev.countersign.organization.OrganizationResponse;
import dev.countersign.web.json.DefaultMembers;
import dev.countersign.web.json.FixedMembers;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds a team as the API shows it, in Sentry's form.
 *
 * @param access the scopes of the caller
 * @param organization the owner, only in the details
 * @param projects the projects, only in details for which the request asks for projects
 * @param rest all other members of Sentry's schema, with empty or default values
 */
@JsonPropertyOrder({"id", "slug", "name", "dateCreated", "access", "organization", "projects"})
@RegisterForReflection
public record TeamResponse(
        String id,
        String slug,
        String name,
        Instant dateCreated,
        List<String> access,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrganizationResponse organization,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<?> projects,

        @JsonAnyGetter @JsonSerialize(using = FixedMembers.Writer.class)
        Map<String, Object> rest) {

    private static final Map<String, Object> REST = new FixedMembers(DefaultMembers.load("team.json"));

    /** The form that lists show to a caller. */
    public static TeamResponse of(Team team, Caller caller) {
        return new TeamResponse(
                Long.toString(team.requireId()),
                team.slug,
                team.name,
                team.dateAdded,
                caller.scopes(),
                null,
                null,
                REST);
    }

    TeamResponse withOrganization(OrganizationResponse owner) {
        return new TeamResponse(id, slug, name, dateCreated, access, owner, projects, rest);
    }

    TeamResponse withProjects(List<?> items) {
        return new TeamResponse(id, slug, name, dateCreated, access, organization, items, rest);
    }
}
