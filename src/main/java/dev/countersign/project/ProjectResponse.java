package dev.countersign.project;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.countersign.credential.Caller;
import dev.countersign.project.link.ProjectTeamRepository;
import dev.countersign.project.setting.ProjectSettings;
import dev.countersign.project.store.ConfiguredProject;
import dev.countersign.project.store.Project;
import dev.countersign.project.store.ProjectColumns;
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
 * Holds a project as the API shows it, in Sentry's form.
 *
 * @param access the scopes of the caller
 * @param team the first team; for a project without a team, lists show null and the details leave the member out
 * @param organization the whole organization in the details, otherwise its id, slug and name
 * @param teamSlug the team that was made together with the project; all other answers leave the member out
 * @param ingest the name of the ingest host; answers leave the member out where none is stored
 * @param defaultRateLimit the default for the rate limits of new client keys; answers leave the member out where none is
 *     stored
 * @param rest the settings, and all other members of Sentry's schema with the empty or default values that the schema
 *     allows
 */
@JsonPropertyOrder({
    "id",
    "slug",
    "name",
    "platform",
    "dateCreated",
    "access",
    "team",
    "teams",
    "organization",
    "team_slug",
    "ingest",
    "defaultRateLimit"
})
@RegisterForReflection
public record ProjectResponse(
        String id,
        String slug,
        String name,
        @Nullable String platform,
        Instant dateCreated,
        List<String> access,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TeamReference team,
        List<TeamReference> teams,
        Object organization,

        @JsonProperty("team_slug") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String teamSlug,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String ingest,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RateLimit defaultRateLimit,

        @JsonAnyGetter @JsonSerialize(using = FixedMembers.Writer.class)
        Map<String, Object> rest) {

    private static final Map<String, Object> SUMMARY = new FixedMembers(DefaultMembers.load("project.json"));
    private static final Map<String, Object> SUMMARY_WITHOUT_TEAM = withoutTeam();
    private static final Map<String, Object> DETAILS = DefaultMembers.load("project-details.json");

    /** Holds the id, name and slug of a project's team, as the API shows them. */
    @RegisterForReflection
    public record TeamReference(String id, String name, String slug) {
        static TeamReference of(ProjectTeamRepository.Link link) {
            return new TeamReference(Long.toString(link.teamId()), link.name(), link.slug());
        }
    }

    /** Holds the id, slug and name of a project's organization, as lists show them. */
    @RegisterForReflection
    public record OrganizationReference(String id, String slug, String name) {}

    /** The form that lists show. */
    static ProjectResponse summary(
            Project project, Caller caller, List<ProjectTeamRepository.Link> teams, OrganizationReference owner) {
        return of(project, caller, teams, owner, teams.isEmpty() ? SUMMARY_WITHOUT_TEAM : SUMMARY);
    }

    /** The form that the details of one project show. */
    static ProjectResponse details(
            ConfiguredProject project, Caller caller, List<ProjectTeamRepository.Link> teams, Object organization) {
        Map<String, Object> rest = new LinkedHashMap<>(SUMMARY);
        rest.putAll(DETAILS);
        rest.putAll(ProjectSettings.of(project));
        return of(project, caller, teams, organization, rest);
    }

    ProjectResponse withTeamSlug(String slug) {
        return new ProjectResponse(
                id,
                this.slug,
                name,
                platform,
                dateCreated,
                access,
                team,
                teams,
                organization,
                slug,
                ingest,
                defaultRateLimit,
                rest);
    }

    private static Map<String, Object> withoutTeam() {
        Map<String, Object> members = new LinkedHashMap<>(SUMMARY);
        members.put("team", null);
        return new FixedMembers(members);
    }

    private static ProjectResponse of(
            ProjectColumns project,
            Caller caller,
            List<ProjectTeamRepository.Link> links,
            Object organization,
            Map<String, Object> rest) {
        List<TeamReference> teams = links.stream().map(TeamReference::of).toList();
        return new ProjectResponse(
                Long.toString(project.requireId()),
                project.slug,
                project.name,
                project.platform,
                project.dateAdded,
                caller.scopes(),
                teams.isEmpty() ? null : teams.get(0),
                teams,
                organization,
                null,
                project.ingest,
                project.defaultRateLimit(),
                rest);
    }
}
