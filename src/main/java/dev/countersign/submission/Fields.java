package dev.countersign.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.countersign.error.ApiException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of a body, read one by one against their rules. Faults are gathered and told all at once by {@link
 * #check}; a member with a fault reads as absent. Messages and coercions are those of Django REST framework.
 */
public final class Fields {

    private static final String NULL = "This field may not be null.";
    private static final String REQUIRED = "This field is required.";
    private static final String NON_FIELD_ERRORS = "non_field_errors";

    private final ObjectNode object;
    private final Map<String, Object> errors = new LinkedHashMap<>();

    private final boolean form;

    private Fields(ObjectNode object, boolean form) {
        this.object = object;
        this.form = form;
    }

    /**
     * The members of a tree.
     *
     * @param form whether it came as a form, where everything is a text and a name may stand twice
     */
    static Fields of(JsonNode tree, boolean form) {
        if (tree.isNull() || tree.isMissingNode()) {
            throw new ApiException.Invalid(Map.of(NON_FIELD_ERRORS, List.of("No data provided")));
        }
        if (tree instanceof ObjectNode object) {
            return new Fields(object, form);
        }
        throw new ApiException.Invalid(notADictionary(tree));
    }

    /** A text; numbers become their text. */
    public Sent<String> text(String name, Text rule) {
        JsonNode node = single(name);
        if (node == null) {
            return rule.isRequired() ? refuse(name, REQUIRED) : Sent.absent();
        }
        if (node.isNull()) {
            return rule.isNullable() ? Sent.of(null) : refuse(name, NULL);
        }
        if (!node.isTextual() && !node.isNumber()) {
            return refuse(name, "Not a valid string.");
        }
        String text = node.asText().strip();
        String fault = rule.fault(text);
        return fault == null ? Sent.of(text) : refuse(name, fault);
    }

    /** A boolean; also 1 and 0, and the words that forms use for them. */
    public Sent<Boolean> bool(String name) {
        JsonNode node = single(name);
        if (node == null) {
            return Sent.absent();
        }
        if (node.isNull()) {
            return refuse(name, NULL);
        }
        Boolean value = Coercion.bool(node);
        return value == null ? refuse(name, "Must be a valid boolean.") : Sent.of(value);
    }

    /**
     * An integer; also numbers and texts without a fraction. Null and the empty text read as null.
     *
     * @param min the least value
     * @param max the greatest value
     */
    public Sent<Long> integer(String name, long min, long max) {
        JsonNode node = single(name);
        if (node == null) {
            return Sent.absent();
        }
        if (node.isNull() || (node.isTextual() && node.asText().isEmpty())) {
            return Sent.of(null);
        }
        var value = Coercion.integer(node);
        if (value == null) {
            return refuse(name, "A valid integer is required.");
        }
        if (value.compareTo(BigInteger.valueOf(max)) > 0) {
            return refuse(name, "Ensure this value is less than or equal to " + max + ".");
        }
        if (value.compareTo(BigInteger.valueOf(min)) < 0) {
            return refuse(name, "Ensure this value is greater than or equal to " + min + ".");
        }
        return Sent.of(value.longValueExact());
    }

    /** One of a set of words. */
    public Sent<String> choice(String name, Set<String> choices) {
        JsonNode node = single(name);
        if (node == null) {
            return Sent.absent();
        }
        if (node.isNull()) {
            return refuse(name, NULL);
        }
        String text = node.isValueNode() ? node.asText() : node.toString();
        return choices.contains(text) ? Sent.of(text) : refuse(name, Coercion.quote(text) + " is not a valid choice.");
    }

    /** A list of texts, each of one rule. */
    public Sent<List<String>> texts(String name, Text rule) {
        JsonNode node = object.get(name);
        if (node == null) {
            return Sent.absent();
        }
        if (node.isNull()) {
            return rule.isNullable() ? Sent.of(null) : refuse(name, NULL);
        }
        ArrayNode list =
                form && node.isTextual() ? JsonNodeFactory.instance.arrayNode().add(node) : null;
        if (node instanceof ArrayNode array) {
            list = array;
        }
        if (list == null) {
            return refuse(name, "Expected a list of items but got type \"" + Coercion.pythonType(node) + "\".");
        }
        List<String> texts = new ArrayList<>();
        Map<String, Object> faults = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            String text = list.get(i).isTextual() ? list.get(i).asText().strip() : null;
            String fault = text == null ? "Not a valid string." : rule.fault(text);
            if (fault == null && text != null) {
                texts.add(text);
            } else {
                faults.put(Integer.toString(i), List.of(String.valueOf(fault)));
            }
        }
        if (!faults.isEmpty()) {
            errors.put(name, faults);
            return Sent.absent();
        }
        return Sent.of(List.copyOf(texts));
    }

    /**
     * A nested object, read by a function from its members.
     *
     * @param nullable whether null may be sent
     */
    public <T> Sent<T> object(String name, boolean nullable, Function<Fields, @Nullable T> reader) {
        JsonNode node = object.get(name);
        if (node == null) {
            return Sent.absent();
        }
        if (node.isNull()) {
            return nullable ? Sent.of(null) : refuse(name, NULL);
        }
        if (!(node instanceof ObjectNode nested)) {
            errors.put(name, notADictionary(node));
            return Sent.absent();
        }
        Fields fields = new Fields(nested, form);
        T value = reader.apply(fields);
        if (!fields.errors.isEmpty()) {
            errors.put(name, fields.errors);
            return Sent.absent();
        }
        return Sent.of(value);
    }

    /** Refuses a member that this object must have, where it is missing. */
    public void require(String name) {
        if (!object.has(name)) {
            refuse(name, REQUIRED);
        }
    }

    /** Whether a member is an object without members. */
    public boolean isEmptyObject(String name) {
        return object.get(name) instanceof ObjectNode nested && nested.isEmpty();
    }

    /** Whether a member is a text. */
    public boolean isText(String name) {
        return object.get(name) instanceof TextNode;
    }

    /** The names of all members that were sent. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A member as it was sent, or null: for settings that are only kept and given back. */
    public @Nullable JsonNode raw(String name) {
        return object.get(name);
    }

    /** Adds a fault that a rule of its own found. */
    public <T> Sent<T> refuse(String name, String message) {
        errors.put(name, List.of(message));
        return Sent.absent();
    }

    /**
     * Tells all faults at once.
     *
     * @throws ApiException.Invalid where there is one
     */
    public void check() {
        if (!errors.isEmpty()) {
            throw new ApiException.Invalid(errors);
        }
    }

    /** A form may repeat a name; a member that takes one value takes the last. */
    private @Nullable JsonNode single(String name) {
        JsonNode node = object.get(name);
        return form && node instanceof ArrayNode list && !list.isEmpty() ? list.get(list.size() - 1) : node;
    }

    private static Map<String, Object> notADictionary(JsonNode node) {
        String message = "Invalid data. Expected a dictionary, but got " + Coercion.pythonType(node) + ".";
        return Map.of(NON_FIELD_ERRORS, List.of(message));
    }
}
