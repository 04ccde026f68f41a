package dev.countersign.openapi.description;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.AnnotationInstance;

/**
 * The failures of an operation. The generator cannot see them, since exception mappers write them. They follow from the
 * signature of the method and from its annotations; an annotation wins.
 */
final class Failures {

    /** The order in the document. Other statuses come last. */
    private static final List<Integer> ORDER =
            List.of(414, 431, 400, 413, 415, 401, 429, 403, 404, 409, 410, 422, 302, 503);

    private static final Map<Integer, String> SENTENCES = Map.ofEntries(
            Map.entry(302, "The project has a new slug; see Location."),
            Map.entry(400, "Something that was sent breaks its rule."),
            Map.entry(401, "No good credential."),
            Map.entry(403, "The credential may not do this."),
            Map.entry(404, "There is no such resource."),
            Map.entry(409, "It exists already, or another request under the same Idempotency-Key still runs."),
            Map.entry(410, "What was created under the Idempotency-Key was removed."),
            Map.entry(413, "The body is longer than 1 MiB."),
            Map.entry(414, "The URL is too long."),
            Map.entry(415, "The body is neither JSON nor a form."),
            Map.entry(422, "The Idempotency-Key was used for another request."),
            Map.entry(429, "Asked too often, or too many bad credentials came from the address; see Retry-After."),
            Map.entry(431, "The headers are too long."),
            Map.entry(503, "The service cannot do this now; see Retry-After."));

    private static final Map<Integer, String> HEADERS =
            Map.of(302, "Location", 401, "WWW-Authenticate", 429, "Retry-After", 503, "Retry-After");

    private Failures() {}

    static void describe(RestMethod method, Operation operation) {
        Map<Integer, APIResponse> failures = new TreeMap<>(Comparator.comparing(Failures::place));
        ofSignature(method, pathParameters(operation)).forEach(status -> failures.put(status, generic(status)));
        method.failures().forEach(failure -> {
            int status = failure.value().asInt();
            String because = method.text(failure, "because");
            failures.put(status, because.isEmpty() ? generic(status) : response(status, because, "Detail"));
        });
        failures.forEach((status, response) -> operation.getResponses().addAPIResponse(status.toString(), response));
    }

    private static Set<Integer> ofSignature(RestMethod method, List<String> path) {
        Set<Integer> statuses = new HashSet<>(List.of(414, 431, 503));
        if (method.accepts() != null) {
            statuses.addAll(List.of(400, 413, 415));
        }
        AnnotationInstance paged = method.paged();
        if (paged != null && !method.flag(paged, "whole")) {
            statuses.add(400);
        }
        if (!method.isOpen()) {
            statuses.addAll(List.of(401, 429));
        }
        if (method.asksForAPermission()) {
            statuses.add(403);
        }
        if (method.isIdempotent()) {
            statuses.addAll(List.of(409, 410, 422));
        }
        if (!path.isEmpty()) {
            statuses.add(404);
        }
        if (path.contains("project")) {
            statuses.add(302);
        }
        return statuses;
    }

    private static APIResponse generic(int status) {
        String sentence = SENTENCES.get(status);
        if (sentence == null) {
            throw new IllegalStateException("@Fails(" + status + ") has to say because of what");
        }
        return response(
                status,
                sentence,
                switch (status) {
                    case 302 -> "Moved";
                    case 400 -> "FieldErrors";
                    default -> "Detail";
                });
    }

    private static APIResponse response(int status, String sentence, String schema) {
        Schema body = OASFactory.createSchema().ref("#/components/schemas/" + schema);
        APIResponse response = OASFactory.createAPIResponse()
                .description(sentence)
                .content(OASFactory.createContent()
                        .addMediaType(
                                "application/json", OASFactory.createMediaType().schema(body)));
        String header = HEADERS.get(status);
        if (header != null) {
            Schema text = OASFactory.createSchema().addType(Schema.SchemaType.STRING);
            response.addHeader(header, OASFactory.createHeader().schema(text));
        }
        return response;
    }

    private static int place(int status) {
        return ORDER.contains(status) ? ORDER.indexOf(status) : status;
    }

    private static List<String> pathParameters(Operation operation) {
        return operation.getParameters() == null
                ? List.of()
                : operation.getParameters().stream()
                        .filter(parameter -> parameter.getIn() == Parameter.In.PATH)
                        .map(Parameter::getName)
                        .toList();
    }
}
