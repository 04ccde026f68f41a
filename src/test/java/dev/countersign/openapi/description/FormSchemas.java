package dev.countersign.openapi.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * The schema of a form, made from the schema of the JSON body. A form has no null. A form-urlencoded form has no
 * objects: it names their members {@code object.member}.
 */
final class FormSchemas {

    private final Map<String, Schema> schemas;

    FormSchemas(Map<String, Schema> schemas) {
        this.schemas = schemas;
    }

    /** A multipart form: an object in it is a part of the type {@code application/json}. */
    MediaType multipart(Schema body) {
        Schema form = form(body);
        MediaType type = OASFactory.createMediaType().schema(form);
        body.getProperties().forEach((name, member) -> {
            boolean object = isObject(resolve(member));
            form.addProperty(name, object ? onlyObject(member) : withoutNull(member));
            if (object) {
                type.addEncoding(name, OASFactory.createEncoding().contentType("application/json"));
            }
        });
        return type;
    }

    /** A form-urlencoded body. */
    MediaType urlEncoded(Schema body) {
        Schema form = form(body);
        body.getProperties().forEach((name, member) -> {
            Schema resolved = resolve(member);
            if (resolved.getProperties() != null) {
                flatten(form, name, resolved);
            } else if (!isObject(resolved)) {
                form.addProperty(name, withoutNull(member));
            }
        });
        return OASFactory.createMediaType().schema(form);
    }

    private static Schema form(Schema body) {
        Schema form = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
        form.setRequired(body.getRequired());
        form.setAnyOf(body.getAnyOf());
        return form;
    }

    private void flatten(Schema form, String name, Schema object) {
        boolean together = object.getAnyOf() != null;
        List<String> names = object.getProperties().keySet().stream()
                .map(member -> name + "." + member)
                .toList();
        object.getProperties().forEach((member, schema) -> form.addProperty(name + "." + member, withoutNull(schema)));
        if (together) {
            names.forEach(member -> form.addDependentRequired(member, names));
        }
    }

    private static Schema onlyObject(Schema schema) {
        Schema object = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
        return OASFactory.createSchema().allOf(new ArrayList<>(List.of(schema, object)));
    }

    private Schema withoutNull(Schema schema) {
        Schema resolved = resolve(schema);
        boolean nullable = resolved.getType() != null && resolved.getType().contains(Schema.SchemaType.NULL);
        boolean empty =
                resolved.getEnumeration() != null && resolved.getEnumeration().contains(null);
        if (!nullable && !empty) {
            return schema;
        }
        Schema not = OASFactory.createSchema().addType(Schema.SchemaType.NULL);
        return OASFactory.createSchema()
                .allOf(new ArrayList<>(List.of(schema, OASFactory.createSchema().not(not))));
    }

    private Schema resolve(Schema schema) {
        String reference = schema.getRef();
        return reference == null ? schema : schemas.get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static boolean isObject(Schema schema) {
        return schema.getType() != null && schema.getType().contains(Schema.SchemaType.OBJECT);
    }
}
