package dev.countersign.team;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.countersign.auth.Caller;
import dev.countersign.http.FixedMembers;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A team as Sentry shows it.
 *
 * @param access the scopes of the caller
 * @param rest what this service does not have, as empty or default values
 */
@JsonPropertyOrder({"id", "slug", "name", "dateCreated", "access"})
@RegisterForReflection
public record TeamResponse(
        String id,
        String slug,
        String name,
        Instant dateCreated,
        List<String> access,
        @JsonAnyGetter Map<String, Object> rest) {

    private static final Map<String, Object> REST = FixedMembers.load("team.json");

    /** A team, for a caller. */
    public static TeamResponse of(Team team, Caller caller) {
        return new TeamResponse(
                Long.toString(team.requireId()), team.slug, team.name, team.dateAdded, caller.scopes(), REST);
    }
}
