package dev.countersign.web.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was read of a list of strings in a request body: the valid strings, and the error messages for the others.
 *
 * @param texts the items that follow the rule
 * @param fault the messages, or a map of an item's position to its messages; null if there is no fault
 */
record TextListResult(List<String> texts, @Nullable Object fault) {

    /**
     * Reads a list.
     *
     * @param form whether the body is a form, where a list of one item looks like a single text
     */
    static TextListResult read(JsonNode node, boolean form, TextRule rule) {
        ArrayNode list = node instanceof ArrayNode array ? array : null;
        if (list == null && form && node.isTextual()) {
            list = JsonNodeFactory.instance.arrayNode().add(node);
        }
        if (list == null) {
            String type = DjangoCoercion.pythonType(node);
            return new TextListResult(List.of(), List.of("Expected a list of items but got type \"" + type + "\"."));
        }
        return read(list, rule);
    }

    private static TextListResult read(ArrayNode list, TextRule rule) {
        List<String> texts = new ArrayList<>();
        Map<String, Object> faults = new LinkedHashMap<>();
        for (int i = 0; i < list.size() && faults.size() < FieldErrors.MAX_MESSAGES; i++) {
            JsonNode item = list.get(i);
            String text = TextRule.strip(item.asText());
            String fault = item.isTextual() ? rule.fault(text) : "Not a valid string.";
            if (fault == null) {
                texts.add(text);
            } else {
                faults.put(Integer.toString(i), List.of(fault));
            }
        }
        return new TextListResult(List.copyOf(texts), faults.isEmpty() ? null : faults);
    }
}
