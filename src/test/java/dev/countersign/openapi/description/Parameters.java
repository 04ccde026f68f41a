package dev.countersign.openapi.description;

import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jboss.jandex.AnnotationInstance;

/** The parameters of an operation: path parameters by their names, query parameters by annotations. */
final class Parameters {

    private static final String OFFSET = ":\\+?0{0,9}(?:[0-9]{1,4}|10000):[+-]?[0-9]{1,9})?$";
    private static final String BY_ID = "^(?:-?[0-9]{1,30}(?:\\.[0-9]{1,30})?" + OFFSET;
    private static final String BY_SLUG = "^(?:[A-Za-z0-9._-]{1,100}" + OFFSET;

    private static final String KEY = "^(?:[!#-~][!-~]{0,127}|\"(?:[!#-\\[\\]-~]|\\\\[\"\\\\]){1,128}\")$";
    private static final String KEY_MEANS =
            "A request that is sent again under the same key, with the same body and by the same"
                    + " caller, creates nothing and gets the object of the first request. 1 to 128 visible characters of ASCII, as they are"
                    + " or as a string of RFC 8941.";

    private Parameters() {}

    static void describe(RestMethod method, Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> parameter.getIn() == Parameter.In.PATH)
                    .forEach(Parameters::path);
        }
        AnnotationInstance paged = method.paged();
        if (paged != null) {
            if (!method.flag(paged, "whole")) {
                page(operation, method.flag(paged, "bySlug"));
            }
            link(operation);
        }
        if (method.isIdempotent()) {
            idempotencyKey(operation);
        }
        method.queryParameters().forEach(parameter -> {
            String pattern = method.text(parameter, "pattern");
            Schema value = pattern.isEmpty() ? text() : text().pattern(pattern);
            String name = method.text(parameter, "name");
            String means = method.text(parameter, "means");
            if (method.flag(parameter, "list")) {
                query(operation, name, means + " May be repeated.", list(value));
            } else {
                query(operation, name, means, value)
                        .setRequired(method.flag(parameter, "required") ? Boolean.TRUE : null);
            }
        });
        AnnotationInstance showsDsns = method.showsDsns();
        if (showsDsns != null) {
            dsns(operation, method.flag(showsDsns, "expand"));
        }
    }

    private static void path(Parameter parameter) {
        String name = parameter.getName();
        Schema schema = text().pattern(
                        switch (name) {
                            case "key" -> "^[a-f0-9]{32}$";
                            case "hash" -> "^[a-f0-9]{64}$";
                            case "id" -> "^[0-9]{1,18}$";
                            case "name" -> "^(?!\\.{1,2}$)[^\\x00]*[^\\x00\\s][^\\x00]*$";
                            default -> "^[a-zA-Z0-9_-]{1,100}$";
                        });
        parameter.setSchema(name.equals("name") ? schema.maxLength(64) : schema);
        parameter.setDescription(
                switch (name) {
                    case "key" -> "The public key.";
                    case "hash" -> "The hash that the wizard was given: 64 hexadecimal digits.";
                    case "id" -> "The id of the API key.";
                    case "name" -> "The name of the client key, 1 to 64 characters, escaped; a slash is %2F.";
                    default -> "Its id, or its slug where it has one.";
                });
    }

    private static void page(Operation operation, boolean bySlug) {
        query(
                operation,
                "cursor",
                "Where the page starts, from a Link header; empty means the first page.",
                text().pattern(bySlug ? BY_SLUG : BY_ID));
        Schema size = OASFactory.createSchema().addType(Schema.SchemaType.INTEGER);
        size.setMinimum(BigDecimal.ONE);
        size.setMaximum(BigDecimal.valueOf(100));
        query(operation, "per_page", "At most so many items; 100 where it is left out.", size);
    }

    private static void link(Operation operation) {
        Header link = OASFactory.createHeader()
                .description("The previous and the next page; results says whether they hold items.")
                .schema(text());
        operation.getResponses().getAPIResponse("200").addHeader("Link", link);
    }

    private static void dsns(Operation operation, boolean expand) {
        query(
                operation,
                "ingest",
                "The name of the ingest host in the DSNs; otherwise that of the project, of the organization, or default. At most once.",
                text().pattern("^[a-z][a-z0-9-]{0,31}$"));
        if (expand) {
            query(
                    operation,
                    "expand",
                    "dsns adds the DSNs of every ingest host, usage adds lastSeen. Other words have no effect. May be repeated.",
                    list(text()));
        }
    }

    private static void idempotencyKey(Operation operation) {
        operation.addParameter(OASFactory.createParameter()
                .name("Idempotency-Key")
                .in(Parameter.In.HEADER)
                .description(KEY_MEANS)
                .schema(text().pattern(KEY)));
        Header replayed = OASFactory.createHeader()
                .description("true where an earlier request under the same Idempotency-Key created the object.")
                .schema(text());
        operation.getResponses().getAPIResponse("201").addHeader("Idempotency-Replayed", replayed);
    }

    private static Parameter query(Operation operation, String name, String description, Schema schema) {
        Parameter parameter = OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.QUERY)
                .description(description)
                .schema(schema);
        operation.addParameter(parameter);
        return parameter;
    }

    private static Schema list(Schema items) {
        return OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(items);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
