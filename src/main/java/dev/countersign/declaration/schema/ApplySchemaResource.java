package dev.countersign.declaration.schema;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/**
 * Serves the REST endpoint that shows the JSON Schema of the documents of {@code apply}, for editors and for checks before a
 * commit.
 */
@Path("/api/countersign/v1/apply-schema.json")
@Produces(MediaType.APPLICATION_JSON)
public class ApplySchemaResource {

    /** Shows the JSON Schema of the documents that {@code countersign apply} reads. Needs no credential. */
    @GET
    @PermitAll
    public Map<String, Object> schema() {
        return ApplySchema.document();
    }
}
