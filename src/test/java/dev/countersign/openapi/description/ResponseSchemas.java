package dev.countersign.openapi.description;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * Marks required and nullable members of answers. The generator reads annotations of Jackson; it does not know that a
 * record writes all of its components, or what {@code @Nullable} means.
 */
final class ResponseSchemas {

    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    /** A time as the API writes it. */
    private static final String TIME = "2018-08-22T18:23:56.910Z";

    private final IndexView index;

    ResponseSchemas(IndexView index) {
        this.index = index;
    }

    /** Completes the schemas that stand for records of this service, by name; leaves all others as they are. */
    void complete(Map<String, Schema> schemas) {
        Schema time = schemas.get("Instant");
        if (time != null) {
            time.setExamples(List.of(TIME));
        }
        schemas.forEach((name, schema) -> {
            ClassInfo type = record(name, schema);
            if (type != null) {
                complete(schema, type);
            }
        });
    }

    /** The record of a name that has the members of a schema: several records may have one name. */
    private @Nullable ClassInfo record(String name, Schema schema) {
        return index.getKnownClasses().stream()
                .filter(type -> type.isRecord() && type.simpleName().equals(name))
                .filter(type -> describes(schema, type))
                .findFirst()
                .orElse(null);
    }

    /** Whether the schema describes the record, since another schema may have its name. */
    private static boolean describes(Schema schema, ClassInfo type) {
        return schema.getProperties() != null
                && type.recordComponents().stream()
                        .map(component -> name(component.field()))
                        .collect(Collectors.toSet())
                        .containsAll(schema.getProperties().keySet());
    }

    private static void complete(Schema schema, ClassInfo type) {
        List<String> required = new ArrayList<>();
        for (RecordComponentInfo component : type.recordComponents()) {
            FieldInfo field = component.field(); // Jackson's annotations stand there, not on the component
            String name = name(field);
            if (field.hasAnnotation(JsonAnyGetter.class)) {
                schema.removeProperty(name);
                schema.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(true));
                continue;
            }
            if (!field.hasAnnotation(JsonInclude.class)) {
                required.add(name);
            }
            if (field.hasAnnotation(JsonRawValue.class)) {
                schema.addProperty(name, OASFactory.createSchema().addType(Schema.SchemaType.OBJECT));
            }
            Schema member = schema.getProperties().get(name);
            if (member != null && field.type().hasAnnotation(NULLABLE)) {
                schema.addProperty(name, orNull(member));
            }
        }
        schema.setRequired(required);
    }

    private static String name(FieldInfo field) {
        AnnotationInstance renamed = field.annotation(JsonProperty.class);
        return renamed == null ? field.name() : renamed.value().asString();
    }

    private static Schema orNull(Schema schema) {
        if (schema.getAnyOf() != null) {
            return schema; // of an Optional, which may be null already
        }
        if (schema.getRef() == null) {
            return schema.addType(Schema.SchemaType.NULL);
        }
        return OASFactory.createSchema()
                .addAnyOf(schema)
                .addAnyOf(OASFactory.createSchema().addType(Schema.SchemaType.NULL));
    }
}
