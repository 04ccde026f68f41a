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
            "keys", "ProjectKey",
            "api-keys", "ApiKey",
            "projects", "Project",
            "organizations", "Organization",
            "teams", "Team");

    /** What clients ask without a credential. */
    private static final Set<String> OPEN = Set.of("/api/0", "/api/0/wizard", "/api/0/wizard/{hash}");

    /** Pages for people are not part of it. */
    private static final String API = "/api/0";

    private static final String AUDIT_LOGS = "/audit-logs";

    private final ResponseSchemas responses;

    /** Called by the generator, with the classes of this service. */
    public ApiDescription(IndexView index) {
        this.responses = new ResponseSchemas(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Paths described = OASFactory.createPaths();
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (!path.startsWith(API)) {
                return;
            }
            item.getOperations().forEach((method, operation) -> describe(path, method, operation, schemas));
            described.addPathItem(path.endsWith("/") ? path : path + "/", item);
        });
        document.setPaths(described);
        List.of("IdOrSlug", "Submission").forEach(document.getComponents()::removeSchema);
        responses.complete(document.getComponents().getSchemas());
    }

    private static void describe(
            String path, PathItem.HttpMethod method, Operation operation, Map<String, Schema> schemas) {
        operation.setSecurity(security(path));
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(ApiDescription::pathParameter);
        }
        operation.setRequestBody(null);
        if (method == PathItem.HttpMethod.POST && !path.endsWith("/rotate")) {
            created(operation);
        }
        if (takesABody(path, method)) {
            String body = BODIES.get(noun(path)) + (method == PathItem.HttpMethod.POST ? "Create" : "Update");
            operation.setRequestBody(OASFactory.createRequestBody()
                    .required(requires(schemas.get(body)))
                    .content(content(body, schemas)));
        }
        if (isPage(path, operation)) {
            ListParameters.page(path, operation);
            operation.getResponses().getAPIResponse("200").addHeader("Link", link());
        } else if (method == PathItem.HttpMethod.GET) {
            ListParameters.single(path, operation);
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
            String name = parameter.getName();
            parameter.setSchema(text().pattern(
                            switch (name) {
                                case "key" -> "^[a-f0-9]{32}$";
                                case "hash" -> "^[a-f0-9]{64}$";
                                case "id" -> "^[0-9]{1,18}$";
                                default -> "^[a-zA-Z0-9_-]{1,100}$";
                            }));
            parameter.setDescription(
                    switch (name) {
                        case "key" -> "The public key.";
                        case "hash" -> "The hash that the wizard was given: 64 hexadecimal digits.";
                        case "id" -> "The id of the API key.";
                        default -> "Its id, or its slug where it has one.";
                    });
        }
    }

    private static Content content(String body, Map<String, Schema> schemas) {
        FormSchemas forms = new FormSchemas(schemas);
        Schema json = OASFactory.createSchema().ref("#/components/schemas/" + body);
        return OASFactory.createContent()
                .addMediaType("application/json", OASFactory.createMediaType().schema(json))
                .addMediaType("application/x-www-form-urlencoded", forms.urlEncoded(schemas.get(body)))
                .addMediaType("multipart/form-data", forms.multipart(schemas.get(body)));
    }

    private static boolean requires(Schema body) {
        return body.getRequired() != null || body.getAnyOf() != null;
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

    /** Whether an operation answers a part of a list. */
    static boolean isPage(String path, Operation operation) {
        return isList(operation) || path.endsWith(AUDIT_LOGS);
    }

    private static boolean isList(Operation operation) {
        APIResponse ok = operation.getResponses().getAPIResponse("200");
        return ok != null
                && ok.getContent() != null
                && ok.getContent().getMediaTypes().values().stream().anyMatch(type -> isArray(type.getSchema()));
    }

    private static boolean isArray(Schema schema) {
        return schema.getType() != null && schema.getType().contains(Schema.SchemaType.ARRAY);
    }

    private static Header link() {
        return OASFactory.createHeader()
                .description("The previous and the next page; results says whether they hold items.")
                .schema(text());
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
