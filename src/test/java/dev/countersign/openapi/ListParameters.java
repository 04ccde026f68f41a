package dev.countersign.openapi;

import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The query parameters of the routes: the resources read them from the URL, where the generator cannot see them. */
final class ListParameters {

    private static final String AUDIT_LOGS = "/audit-logs";
    private static final String ORGANIZATIONS = "/api/0/organizations";
    private static final String ORGANIZATION = ORGANIZATIONS + "/{organization}";
    private static final String OFFSET = ":\\+?0{0,9}(?:[0-9]{1,4}|10000):[+-]?[0-9]{1,9})?$";
    private static final String BY_ID = "^(?:-?[0-9]{1,30}(?:\\.[0-9]{1,30})?" + OFFSET;
    private static final String BY_SLUG = "^(?:[A-Za-z0-9._-]{1,100}" + OFFSET;

    private ListParameters() {}

    /** Of an answer that is a page. */
    static void page(String path, Operation operation) {
        boolean bySlug = path.endsWith("/teams")
                || path.startsWith("/api/0/teams/")
                || (path.startsWith(ORGANIZATIONS) && path.endsWith("/projects"));
        query(
                operation,
                "cursor",
                "Where the page starts, from a Link header; empty means the first page.",
                text().pattern(bySlug ? BY_SLUG : BY_ID));
        Schema size = OASFactory.createSchema().addType(Schema.SchemaType.INTEGER);
        size.setMinimum(BigDecimal.ONE);
        size.setMaximum(BigDecimal.valueOf(100));
        query(operation, "per_page", "At most so many items; 100 where it is left out.", size);
        if (path.endsWith("keys") && !path.endsWith("api-keys")) {
            query(operation, "status", "active or inactive; any other word matches nothing.", text());
        }
        if (path.endsWith("/project-keys")) {
            query(operation, "team", "Id or slug of a team.", text());
            query(
                    operation,
                    "project",
                    "Ids of projects; -1 means all. May be repeated.",
                    list(text().pattern("^-?[0-9]{1,18}$")));
            query(operation, "projectSlug", "Slugs of projects; $all means all. May be repeated.", list(text()));
        }
        if (path.endsWith(AUDIT_LOGS)) {
            query(operation, "event", "The name of an event, one of the options; any other matches nothing.", text());
            query(operation, "actor", "The id of an actor, such as operator.", text());
        }
        search(path, operation);
    }

    private static void search(String path, Operation operation) {
        boolean projects = path.endsWith("/projects") && !path.startsWith("/api/0/teams/");
        if (path.equals(ORGANIZATIONS)) {
            words(operation, "id:, slug:, status:, platform:");
            query(
                    operation,
                    "sortBy",
                    "members or events: no organization has any, so that the newest comes first, as without it.",
                    text());
        } else if (path.equals(ORGANIZATION + "/teams")) {
            words(operation, "id:, slug:, hasExternalTeams:");
            query(operation, "detailed", "0 leaves projects out, as this list always does.", text());
        } else if (projects) {
            words(operation, "id:, slug:, name:, platform:, dsn:, team:, !team:, is_member:");
        }
        if (path.equals("/api/0/projects")) {
            query(operation, "status", "active is every project; any other word matches nothing.", text());
            query(
                    operation,
                    "organizationId",
                    "The id of the only organization whose projects are shown.",
                    text().pattern("^([0-9]{1,18})?$"));
        }
    }

    private static void words(Operation operation, String kinds) {
        String description = "Search words, at most 50: " + kinds + ", or free text. Others match nothing.";
        query(operation, "query", description, text());
    }

    /** Of an answer that is one thing. */
    static void single(String path, Operation operation) {
        if (path.equals(ORGANIZATION)) {
            query(operation, "detailed", "0 leaves teams and projects out.", text());
        } else if (path.equals("/api/0/teams/{organization}/{team}")) {
            query(operation, "expand", "projects adds the first 100 of them. May be repeated.", list(text()));
            query(operation, "collapse", "organization leaves it out. May be repeated.", list(text()));
        }
    }

    private static void query(Operation operation, String name, String description, Schema schema) {
        operation.addParameter(OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.QUERY)
                .description(description)
                .schema(schema));
    }

    private static Schema list(Schema items) {
        return OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(items);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
