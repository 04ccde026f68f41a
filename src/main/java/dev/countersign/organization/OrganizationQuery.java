package dev.countersign.organization;

import dev.countersign.postgres.row.HqlConditions;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.QueryParameters;
import dev.countersign.web.paging.SearchWords;
import java.util.List;
import java.util.Set;

/**
 * Holds the query conditions that select which organizations a list shows, and builds them from Sentry's search words. The
 * words are {@code id:}, {@code slug:}, {@code status:}, {@code platform:} (of a project), and free text, which is searched in
 * name and slug. Unknown words match nothing; {@code email:} and {@code member_id:} are unknown, because organizations have no
 * members here.
 */
record OrganizationQuery(HqlConditions conditions) {

    /** The description of the parameter in the OpenAPI document. */
    static final String WORDS =
            "Search words, at most 50: id:, slug:, status:, platform:, or free text. Others match nothing.";

    /** Sentry's names of statuses; the first two mean the same. */
    private static final Set<String> STATUSES =
            Set.of("active", "visible", "pending_deletion", "deletion_in_progress", "relocation_pending_approval");

    private static final String HAS_PROJECT_OF_PLATFORM =
            "id in (select p.organizationId from Project p where p.platform %s)";

    /**
     * Reads the query parameter {@code query}.
     *
     * @throws ApiException.BadRequest where an id is not a number, or the parameter has more than 50 words
     */
    static OrganizationQuery search(QueryParameters parameters) {
        OrganizationQuery query = new OrganizationQuery(new HqlConditions());
        query.conditions.search(parameters.last("query"), query::add);
        return query;
    }

    private void add(String kind, List<String> values) {
        switch (kind) {
            case "id" -> conditions.any("id %s", "ids", HqlConditions.ids(values));
            case "slug" -> conditions.any("lower(slug) %s", "slugs", HqlConditions.lower(values));
            case "platform" -> conditions.any(HAS_PROJECT_OF_PLATFORM, "platforms", HqlConditions.lower(values));
            case "status" -> addStatus(HqlConditions.lower(values));
            case SearchWords.TEXT -> conditions.text(values, "name", "slug");
            default -> conditions.none();
        }
    }

    /**
     * Adds the status. Every stored organization is active. A value that is no status matches nothing, even beside
     * {@code active}.
     */
    private void addStatus(List<String> values) {
        if (!STATUSES.containsAll(values) || !(values.contains("active") || values.contains("visible"))) {
            conditions.none();
        }
    }
}
