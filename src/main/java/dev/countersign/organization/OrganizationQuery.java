package dev.countersign.organization;

import dev.countersign.postgres.row.HqlConditions;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.QueryParameters;
import dev.countersign.web.paging.SearchWords;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which organizations of a list are asked for: Sentry's search words for organizations, that is {@code id:}, {@code
 * slug:}, {@code status:}, {@code platform:} (of a project), and free text, which is looked for in name and slug. There
 * are no members, so that {@code email:} and {@code member_id:} match nothing, as unknown kinds do.
 */
record OrganizationQuery(HqlConditions conditions) {

    /** For the OpenAPI document. */
    static final String WORDS =
            "Search words, at most 50: id:, slug:, status:, platform:, or free text. Others match nothing.";

    /** Sentry's, of which the first two are one. */
    private static final Set<String> STATUSES =
            Set.of("active", "visible", "pending_deletion", "deletion_in_progress", "relocation_pending_approval");

    private static final String OF_PLATFORM = "id in (select p.organizationId from Project p where p.platform %s)";

    /**
     * Reads the parameter {@code query}.
     *
     * @throws ApiException.BadRequest where an id is not a number, or there are more than 50 words
     */
    static OrganizationQuery search(QueryParameters parameters) {
        SearchWords words = SearchWords.parse(parameters.last("query"));
        OrganizationQuery query = new OrganizationQuery(new HqlConditions());
        if (words.matchNothing()) {
            query.conditions.none();
        } else {
            words.terms().forEach(query::add);
        }
        return query;
    }

    /** To follow a {@code where} clause about {@code Organization}. */
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
            case "slug" -> conditions.any("lower(slug) %s", "slugs", HqlConditions.lower(values));
            case "platform" -> conditions.any(OF_PLATFORM, "platforms", HqlConditions.lower(values));
            case "status" -> status(HqlConditions.lower(values));
            case SearchWords.TEXT -> conditions.text(values, "name", "slug");
            default -> conditions.none();
        }
    }

    /** An organization is active here, or gone; a word that is no status matches nothing, whatever stands beside it. */
    private void status(List<String> values) {
        if (!STATUSES.containsAll(values) || !(values.contains("active") || values.contains("visible"))) {
            conditions.none();
        }
    }
}
