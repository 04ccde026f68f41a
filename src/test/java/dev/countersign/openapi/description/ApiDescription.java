package dev.countersign.openapi.description;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * Completes the generated description of each operation with the annotations beside its method. Rules for one operation
 * alone are annotations of {@code web.contract}.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    /** Pages for people are not part of the document. */
    private static final String API = "/api/";

    private final Map<String, RestMethod> methods;
    private final RequestSchemas requests;
    private final ResponseSchemas responses;

    /** Called by the generator, with the classes of this service. */
    public ApiDescription(IndexView index) {
        this.methods = RestMethod.byOperation(index);
        this.requests = new RequestSchemas(index);
        this.responses = new ResponseSchemas(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Paths described = OASFactory.createPaths();
        requests.addTo(document.getComponents());
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (!path.startsWith(API)) {
                return;
            }
            item.getOperations().values().forEach(operation -> describe(operation, schemas));
            described.addPathItem(path.endsWith("/") ? path : path + "/", item);
        });
        document.setPaths(described);
        List.of("IdOrSlug", "RequestBody", "HttpServerResponse").forEach(document.getComponents()::removeSchema);
        responses.complete(document.getComponents().getSchemas());
    }

    private void describe(Operation operation, Map<String, Schema> schemas) {
        RestMethod method = methods.get(operation.getOperationId());
        if (method == null) {
            throw new IllegalStateException("no method of a resource is called " + operation.getOperationId());
        }
        method.check(isList(operation));
        operation.setSecurity(security(method));
        operation.setRequestBody(null); // so that it comes last
        operation.setRequestBody(body(method.accepts(), schemas));
        if (method.isCreated()) {
            created(operation);
        }
        if (method.mayCreate()) {
            APIResponse ok = operation.getResponses().getAPIResponse("200");
            APIResponse created =
                    OASFactory.createAPIResponse().description("Created").content(ok.getContent());
            operation.getResponses().addAPIResponse("201", created);
        }
        plainText(operation);
        Parameters.describe(method, operation);
        Failures.describe(method, operation);
    }

    private static List<SecurityRequirement> security(RestMethod method) {
        var bearer = OASFactory.createSecurityRequirement().addScheme("bearer");
        var basic = OASFactory.createSecurityRequirement().addScheme("basic");
        return method.isOpen()
                ? List.of(OASFactory.createSecurityRequirement(), bearer, basic)
                : List.of(bearer, basic);
    }

    private static void created(Operation operation) {
        APIResponse response = operation.getResponses().getAPIResponse("200");
        operation.getResponses().removeAPIResponse("200");
        operation.getResponses().addAPIResponse("201", response.description("Created"));
    }

    /** The generator describes an answer of plain text as the object that the answer is in JSON. */
    private static void plainText(Operation operation) {
        APIResponse ok = operation.getResponses().getAPIResponse("200");
        if (ok != null && ok.getContent() != null && ok.getContent().hasMediaType("text/plain")) {
            ok.getContent()
                    .getMediaType("text/plain")
                    .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
        }
    }

    private static @Nullable RequestBody body(@Nullable String name, Map<String, Schema> schemas) {
        if (name == null) {
            return null;
        }
        Schema body = schemas.get(name);
        if (body == null || body.getProperties() == null) {
            throw new IllegalStateException("@Accepts(\"" + name + "\"): no @Schemas has such an object");
        }
        return OASFactory.createRequestBody()
                .required(body.getRequired() != null || body.getAnyOf() != null)
                .content(content(name, body, new FormSchemas(schemas)));
    }

    private static Content content(String name, Schema body, FormSchemas forms) {
        Schema json = OASFactory.createSchema().ref("#/components/schemas/" + name);
        return OASFactory.createContent()
                .addMediaType("application/json", OASFactory.createMediaType().schema(json))
                .addMediaType("application/x-www-form-urlencoded", forms.urlEncoded(body))
                .addMediaType("multipart/form-data", forms.multipart(body));
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
}
