package dev.countersign.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.jboss.jandex.IndexView;

/** Adds to each operation its body, its query parameters, its failures and its credentials, and completes answers. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    /** By the last fixed word of a path. */
    private static final Map<String, String> BODIES = Map.of(
            "keys", "ProjectKeyRequest",
            "api-keys", "ApiKeyRequest",
            "projects", "ProjectRequest",
            "organizations", "OrganizationRequest",
            "teams", "TeamRequest");

    /** What clients ask without a credential. */
    private static final Set<String> OPEN = Set.of("/api/0", "/api/0/wizard", "/api/0/wizard/{hash}");

    /** Pages for people are not part of it. */
    private static final String API = "/api/0";

    private static final String AUDIT_LOGS = "/audit-logs";

    private static final List<String> FORMS =
            List.of("application/json", "application/x-www-form-urlencoded", "multipart/form-data");

    private final ResponseSchemas responses;

    /** Called by the generator, with the classes of this service. */
    public ApiDescription(IndexView index) {
        this.responses = new ResponseSchemas(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Paths described = OASFactory.createPaths();
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (!path.startsWith(API)) {
                return;
            }
            item.getOperations().forEach((method, operation) -> describe(path, method, operation));
            described.addPathItem(path.endsWith("/") ? path : path + "/", item);
        });
        document.setPaths(described);
        List.of("IdOrSlug", "Submission").forEach(document.getComponents()::removeSchema);
        responses.complete(document.getComponents().getSchemas());
    }

    private static void describe(String path, PathItem.HttpMethod method, Operation operation) {
        operation.setSecurity(security(path));
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(ApiDescription::pathParameter);
        }
        operation.setRequestBody(null);
        if (method == PathItem.HttpMethod.POST && !path.endsWith("/rotate")) {
            created(operation);
        }
        if (takesABody(path, method)) {
            body(path, operation);
        }
        if (isList(operation) || path.endsWith(AUDIT_LOGS)) {
            list(path, operation);
        }
        FailureDescription.describe(path, method, operation);
    }

    private static List<SecurityRequirement> security(String path) {
        var bearer = OASFactory.createSecurityRequirement().addScheme("bearer");
        var basic = OASFactory.createSecurityRequirement().addScheme("basic");
        return OPEN.contains(path)
                ? List.of(OASFactory.createSecurityRequirement(), bearer, basic)
                : List.of(bearer, basic);
    }

    private static void created(Operation operation) {
        APIResponse response = operation.getResponses().getAPIResponse("200");
        operation.getResponses().removeAPIResponse("200");
        operation.getResponses().addAPIResponse("201", response.description("Created"));
    }

    private static boolean takesABody(String path, PathItem.HttpMethod method) {
        boolean writes = method == PathItem.HttpMethod.POST || method == PathItem.HttpMethod.PUT;
        boolean commandOnly = path.endsWith("/teams/{team}") || path.endsWith("/rotate") || path.endsWith("/{hash}");
        return writes && (!commandOnly || path.startsWith("/api/0/teams/"));
    }

    private static void pathParameter(Parameter parameter) {
        if (parameter.getIn() == Parameter.In.PATH) {
            parameter.setSchema(text());
            parameter.setDescription(
                    switch (parameter.getName()) {
                        case "key" -> "The public key.";
                        case "hash" -> "The hash that the wizard was given: 64 hexadecimal digits.";
                        default -> "Its id, or its slug where it has one.";
                    });
        }
    }

    private static void body(String path, Operation operation) {
        Content content = OASFactory.createContent();
        Schema schema = OASFactory.createSchema().ref("#/components/schemas/" + BODIES.get(noun(path)));
        FORMS.forEach(
                type -> content.addMediaType(type, OASFactory.createMediaType().schema(schema)));
        operation.setRequestBody(OASFactory.createRequestBody().content(content));
    }

    /** The last word of a path that is no parameter. */
    private static String noun(String path) {
        String[] words = path.split("/", -1);
        for (int i = words.length - 1; i > 0; i--) {
            if (BODIES.containsKey(words[i])) {
                return words[i];
            }
        }
        throw new IllegalStateException("no body is described for " + path);
    }

    static boolean isList(Operation operation) {
        APIResponse ok = operation.getResponses().getAPIResponse("200");
        return ok != null
                && ok.getContent() != null
                && ok.getContent().getMediaTypes().values().stream().anyMatch(type -> isArray(type.getSchema()));
    }

    private static boolean isArray(Schema schema) {
        return schema.getType() != null && schema.getType().contains(Schema.SchemaType.ARRAY);
    }

    private static void list(String path, Operation operation) {
        query(operation, "cursor", "Where the page starts, from a Link header; empty means the first page.", text());
        Schema size = OASFactory.createSchema().addType(Schema.SchemaType.INTEGER);
        size.setMinimum(java.math.BigDecimal.ONE);
        size.setMaximum(java.math.BigDecimal.valueOf(100));
        query(operation, "per_page", "At most so many items; 100 where it is left out.", size);
        if (path.endsWith("keys") && !path.endsWith("api-keys")) {
            query(operation, "status", "active or inactive; any other word matches nothing.", text());
        }
        if (path.endsWith("/project-keys")) {
            query(operation, "team", "Id or slug of a team.", text());
            query(operation, "project", "Ids of projects; -1 means all.", texts());
            query(operation, "projectSlug", "Slugs of projects; $all means all.", texts());
        }
        if (path.endsWith(AUDIT_LOGS)) {
            query(operation, "event", "The name of an event, one of the options.", text());
            query(operation, "actor", "The id of an actor, such as operator.", text());
        }
        if (path.endsWith("/projects") && !path.startsWith("/api/0/teams/")) {
            query(operation, "query", "Search words, such as dsn:, id:, slug:, platform:, or free text.", text());
        }
        operation.getResponses().getAPIResponse("200").addHeader("Link", link());
    }

    private static Header link() {
        return OASFactory.createHeader()
                .description("The previous and the next page; results says whether they hold items.")
                .schema(text());
    }

    private static void query(Operation operation, String name, String description, Schema schema) {
        operation.addParameter(OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.QUERY)
                .description(description)
                .schema(schema));
    }

    private static Schema texts() {
        return OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(text());
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
