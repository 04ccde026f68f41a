package dev.countersign.team;

import dev.countersign.postgres.row.HqlConditions;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.QueryParameters;
import dev.countersign.web.paging.SearchWords;
import java.util.List;
import java.util.Map;

/**
 * Which teams of a list are asked for: Sentry's search words for teams, that is {@code id:}, {@code slug:}, {@code
 * hasExternalTeams:}, and free text, which is looked for in name and slug. Unknown kinds match nothing.
 */
record TeamQuery(HqlConditions conditions) {

    /** For the OpenAPI document. */
    static final String WORDS =
            "Search words, at most 50: id:, slug:, hasExternalTeams:, or free text. Others match nothing.";

    /** Every team. */
    static TeamQuery all() {
        return new TeamQuery(new HqlConditions());
    }

    /**
     * Reads the parameter {@code query}.
     *
     * @throws ApiException.BadRequest where an id is not a number, or there are more than 50 words
     */
    static TeamQuery search(QueryParameters parameters) {
        SearchWords words = SearchWords.parse(parameters.last("query"));
        TeamQuery query = all();
        if (words.matchNothing()) {
            query.conditions.none();
        } else {
            words.terms().forEach(query::add);
        }
        return query;
    }

    /** To follow a {@code where} clause about {@code Team}. */
    String condition() {
        return conditions.clause();
    }

    /** With those of the clause that it follows. */
    Map<String, Object> parameters(Map<String, Object> others) {
        return conditions.parameters(others);
    }

    private void add(String kind, List<String> values) {
        switch (kind) {
            case "id" -> conditions.any("id %s", "ids", HqlConditions.ids(values));
            case "slug" -> conditions.any("slug %s", "slugs", values);
            case SearchWords.TEXT -> conditions.text(values, "name", "slug");
            case "hasExternalTeams" -> noneHasAny(values);
            default -> conditions.none();
        }
    }

    /** No team is linked with one of another system. */
    private void noneHasAny(List<String> values) {
        if (values.contains("true")) {
            conditions.none();
        }
    }
}
