package dev.countersign.apply.plan;

import dev.countersign.apikey.ApiKey;
import dev.countersign.declaration.document.Fault;
import dev.countersign.declaration.document.Place;
import dev.countersign.organization.Organization;
import dev.countersign.postgres.batch.BatchConnection.Change;
import dev.countersign.project.store.ConfiguredProject;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.team.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds the planned changes of one organization: the rows to make, to change and to remove. Rows that are made have no ids of
 * what they belong to yet: the links between rows are objects, and the ids are set when the rows are stored.
 */
public final class Plan {

    /** The organization of all rows; it has no id where the plan makes it. */
    public @Nullable Organization organization;

    /** What the plan does, line by line. */
    public final List<Step> steps = new ArrayList<>();

    /** What the plan leaves as it is although a document says otherwise. */
    public final List<Fault> warnings = new ArrayList<>();

    public final List<Change<Organization>> organizationChanges = new ArrayList<>();
    public final List<Change<Team>> teamChanges = new ArrayList<>();
    public final List<Change<ConfiguredProject>> projectChanges = new ArrayList<>();
    public final List<Change<ProjectKey>> keyChanges = new ArrayList<>();
    public final List<Change<ApiKey>> apiKeyChanges = new ArrayList<>();

    public final List<Team> newTeams = new ArrayList<>();
    public final List<NewProject> newProjects = new ArrayList<>();
    public final List<NewLink> newLinks = new ArrayList<>();
    public final List<NewKey> newKeys = new ArrayList<>();
    public final List<ApiKey> newApiKeys = new ArrayList<>();

    /** The texts that new and stored API keys get. */
    public final List<NewText> newTexts = new ArrayList<>();

    public final List<FormerSlug> formerSlugs = new ArrayList<>();
    public final List<Removal> removals = new ArrayList<>();

    /** Whether nothing is to be done. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** The greatest id that a document declares of a new project; 0 without one. */
    public long greatestDeclaredId() {
        return newProjects.stream()
                .map(made -> made.project().id)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** Notes what the plan leaves as it is although a document says otherwise. */
    public void warn(Place place, String sentence) {
        warnings.add(new Fault(place, sentence));
    }

    /**
     * Holds a project to store. It has an id where a document declares one.
     *
     * @param place where a document declares the id
     */
    public record NewProject(ConfiguredProject project, Place place) {}

    /** Holds a link to store, and the name of the credential that makes it. */
    public record NewLink(ConfiguredProject project, Team team, String actor) {}

    /**
     * Holds a client key to store.
     *
     * @param place where a document declares the key
     */
    public record NewKey(ConfiguredProject project, ProjectKey key, Place place) {}

    /**
     * Holds an API key that gets another text.
     *
     * @param place where a document declares the text
     */
    public record NewText(ApiKey key, Place place) {}

    /** Holds a slug that a project had before this plan. */
    public record FormerSlug(ConfiguredProject project, String slug) {}

    /**
     * Names a row to remove.
     *
     * @param id the id of the row; of a link, that of the project
     * @param teamId the id of the team of a link; otherwise 0
     * @param actor the name of the credential that removes the row
     */
    public record Removal(Kind kind, long id, long teamId, String actor) {}
}
