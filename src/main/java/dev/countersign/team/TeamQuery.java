package dev.countersign.team;

import dev.countersign.postgres.row.HqlConditions;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.QueryParameters;
import dev.countersign.web.paging.SearchWords;
import java.util.List;

/**
 * Holds the query conditions that select which teams a list shows, and builds them from Sentry's search words. The words are
 * {@code id:}, {@code slug:}, {@code hasExternalTeams:}, and free text, which is searched in name and slug. Unknown words match
 * nothing.
 */
record TeamQuery(HqlConditions conditions) {

    /** The description of the parameter in the OpenAPI document. */
    static final String WORDS =
            "Search words, at most 50: id:, slug:, hasExternalTeams:, or free text. Others match nothing.";

    /** The filter that matches every team. */
    static TeamQuery all() {
        return new TeamQuery(new HqlConditions());
    }

    /**
     * Reads the query parameter {@code query}.
     *
     * @throws ApiException.BadRequest where an id is not a number, or the parameter has more than 50 words
     */
    static TeamQuery search(QueryParameters parameters) {
        TeamQuery query = all();
        query.conditions.search(parameters.last("query"), query::add);
        return query;
    }

    private void add(String kind, List<String> values) {
        switch (kind) {
            case "id" -> conditions.any("id %s", "ids", HqlConditions.ids(values));
            case "slug" -> conditions.any("slug %s", "slugs", values);
            case SearchWords.TEXT -> conditions.text(values, "name", "slug");
            case "hasExternalTeams" -> addExternalTeams(values);
            default -> conditions.none();
        }
    }

    /**
     * Adds {@code hasExternalTeams}: {@code true} matches nothing, because no team has a link to a team in another
     * system.
     */
    private void addExternalTeams(List<String> values) {
        if (values.contains("true")) {
            conditions.none();
        }
    }
}
