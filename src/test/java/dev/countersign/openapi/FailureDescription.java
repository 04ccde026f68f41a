package dev.countersign.openapi;

import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The failures of an operation, which the mappers of exceptions write and the generator cannot see. */
final class FailureDescription {

    /** What every good credential may ask. */
    private static final Set<String> ANY_SCOPE =
            Set.of("/api/0", "/api/0/auth", "/api/0/internal/health", "/api/0/users/me/regions");

    private FailureDescription() {}

    static void describe(String path, PathItem.HttpMethod method, Operation operation) {
        fails(operation, "414", "The URL is too long.", "Detail");
        fails(operation, "431", "The headers are too long.", "Detail");
        if (operation.getRequestBody() != null || ApiDescription.isPage(path, operation)) {
            fails(operation, "400", "Something that was sent breaks its rule.", "FieldErrors");
        }
        if (operation.getRequestBody() != null) {
            fails(operation, "413", "The body is longer than 1 MiB.", "Detail");
            fails(operation, "415", "The body is neither JSON nor a form.", "Detail");
        }
        if (path.startsWith("/api/0/wizard/")) {
            fails(operation, "400", "Nobody has approved it yet.", "Detail");
        }
        if (!path.startsWith("/api/0/wizard")) {
            header(fails(operation, "401", "No good credential.", "Detail"), "WWW-Authenticate");
            header(fails(operation, "429", tooMany(path), "Detail"), "Retry-After");
        }
        if (!ANY_SCOPE.contains(path) && !path.startsWith("/api/0/wizard")) {
            fails(operation, "403", "The credential may not do this.", "Detail");
        }
        if (path.contains("{")) {
            fails(operation, "404", "There is no such resource.", "Detail");
        }
        if (method == PathItem.HttpMethod.POST && operation.getRequestBody() != null && !path.endsWith("/api-keys")) {
            fails(operation, "409", "It exists already.", "Detail");
        }
        if (path.startsWith("/api/0/projects/{organization}/{project}")) {
            header(fails(operation, "302", "The project has a new slug; see Location.", "Moved"), "Location");
        }
        header(fails(operation, "503", "The service cannot do this now; see Retry-After.", "Detail"), "Retry-After");
    }

    private static String tooMany(String path) {
        String wizards = path.contains("/wizard/") ? ", or too many wizards are approved for the project" : "";
        return "Asked too often, or too many bad credentials came from the address" + wizards + "; see Retry-After.";
    }

    private static APIResponse fails(Operation operation, String status, String description, String schema) {
        Schema body = OASFactory.createSchema().ref("#/components/schemas/" + schema);
        Content content = OASFactory.createContent()
                .addMediaType("application/json", OASFactory.createMediaType().schema(body));
        APIResponse response =
                OASFactory.createAPIResponse().description(description).content(content);
        operation.getResponses().addAPIResponse(status, response);
        return response;
    }

    private static void header(APIResponse response, String name) {
        Schema text = OASFactory.createSchema().addType(Schema.SchemaType.STRING);
        response.addHeader(name, OASFactory.createHeader().schema(text));
    }
}
