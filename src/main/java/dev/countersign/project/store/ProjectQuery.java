package dev.countersign.project.store;

import dev.countersign.postgres.row.HqlConditions;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.QueryParameters;
import dev.countersign.web.paging.SearchWords;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the query conditions that select which projects a list shows, and builds them from the query parameters {@code query},
 * {@code status} and {@code organizationId}. The first holds Sentry's search words: {@code id:}, {@code slug:}, {@code name:},
 * {@code platform:}, {@code dsn:} (a public key), {@code team:}, {@code !team:}, {@code is_member:}, and free text, which is
 * searched in name and slug. Several values of one kind mean any of them. Unknown kinds match nothing.
 */
public record ProjectQuery(HqlConditions conditions) {

    /** The description of the parameter in the OpenAPI document. */
    public static final String WORDS =
            "Search words, at most 50: id:, slug:, name:, platform:, dsn:, team:, !team:, is_member:,"
                    + " or free text. Others match nothing.";

    private static final String DSNS = "dsns";

    private static final String PROJECTS_OF_TEAMS =
            "select l.projectId from ProjectTeam l join Team t on t.id = l.teamId where t.slug %s";

    /**
     * Reads the query parameter {@code query}.
     *
     * @throws ApiException.BadRequest where an id is not a number, or the parameter has more than 50 words
     */
    public static ProjectQuery search(QueryParameters parameters) {
        ProjectQuery query = new ProjectQuery(new HqlConditions());
        query.conditions.search(parameters.last("query"), query::add);
        return query;
    }

    /**
     * Reads all three query parameters. Every stored project is active, so that any other status matches nothing.
     *
     * @throws ApiException.BadRequest where an id is not a number, or {@code query} has more than 50 words
     */
    public static ProjectQuery searchAll(QueryParameters parameters) {
        ProjectQuery query = search(parameters);
        String status = parameters.last("status");
        if (status != null && !status.isEmpty() && !status.equals("active")) {
            query.conditions.none();
        }
        String organization = parameters.last("organizationId");
        if (organization != null && !organization.isEmpty()) {
            query.conditions.any("p.organizationId %s", "organizationId", List.of(id("organization", organization)));
        }
        return query;
    }

    /** The public key of the DSN by which alone the request asks for a project; null for every other query. */
    public @Nullable String onlyDsn() {
        return (String) conditions.only(DSNS);
    }

    private void add(String kind, List<String> values) {
        switch (kind) {
            case "id" ->
                conditions.any(
                        "p.id %s",
                        "ids",
                        values.stream().map(value -> id("project", value)).toList());
            case "slug" -> conditions.any("p.slug %s", "slugs", HqlConditions.lower(values));
            case "name" -> conditions.any("lower(p.name) %s", "names", HqlConditions.lower(values));
            case "platform" -> conditions.any("p.platform %s", "platforms", HqlConditions.lower(values));
            case "dsn" ->
                conditions.any("p.id in (select k.projectId from ProjectKey k where k.publicKey %s)", DSNS, values);
            case "team" -> conditions.any("p.id in (" + PROJECTS_OF_TEAMS + ")", "teams", values);
            case "!team" -> conditions.any("p.id not in (" + PROJECTS_OF_TEAMS + ")", "others", values);
            // A credential is a member of every team.
            case "is_member" -> conditions.add("p.id in (select l.projectId from ProjectTeam l)");
            case SearchWords.TEXT -> conditions.text(values, "p.name", "p.slug");
            default -> conditions.none();
        }
    }

    private static Long id(String noun, String text) {
        if (!HqlConditions.isId(text)) {
            throw new ApiException.BadRequest("Invalid " + noun + " ID: " + text);
        }
        return Long.valueOf(text);
    }
}
