package dev.countersign.web.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.countersign.web.error.ApiException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a request body and checks each against its rule. {@link #check} throws all faults at once; a
 * member with a fault reads as absent. Messages and conversions are those of Django REST framework.
 */
public final class RequestFields {

    private static final String NULL = "This field may not be null.";
    private static final String REQUIRED = "This field is required.";
    private static final String NON_FIELD_ERRORS = "non_field_errors";

    private final ObjectNode object;
    private final FieldErrors faults = new FieldErrors();
    private final boolean form;

    private RequestFields(ObjectNode object, boolean form) {
        this.object = object;
        this.form = form;
    }

    /**
     * The members of a parsed body.
     *
     * @param form whether the body is a form: each value is a text, and a name may occur twice
     * @throws ApiException.Invalid if the body is null or no object
     */
    public static RequestFields of(JsonNode tree, boolean form) {
        if (tree.isNull()) {
            throw new ApiException.Invalid(Map.of(NON_FIELD_ERRORS, List.of("No data provided")));
        }
        if (tree instanceof ObjectNode object) {
            return new RequestFields(object, form);
        }
        throw new ApiException.Invalid(notADictionary(tree));
    }

    /** Reads a text. A number becomes a text, unless the rule has a pattern. */
    public Member<String> text(String name, TextRule rule) {
        JsonNode node = singleValue(name);
        if (node == null) {
            return rule.isRequired() ? refuse(name, REQUIRED) : Member.absent();
        }
        if (node.isNull()) {
            return rule.isNullable() ? Member.of(null) : refuse(name, NULL);
        }
        if (!node.isTextual() && !node.isNumber()) {
            return refuse(name, "Not a valid string.");
        }
        String text = TextRule.strip(node.asText());
        String fault = node.isNumber() ? rule.faultOfNumber(text) : rule.fault(text);
        return fault == null ? Member.of(text) : refuse(name, fault);
    }

    /** Reads a boolean: true, false, 1, 0, or a word that forms use, such as {@code on}. */
    public Member<Boolean> bool(String name) {
        return value(name, singleValue(name), false, node -> {
            Boolean value = DjangoCoercion.bool(node);
            return value == null ? refuse(name, "Must be a valid boolean.") : Member.of(value);
        });
    }

    /**
     * Reads an integer: a number or a text without a fraction. Null and the empty text become null.
     *
     * @param min the least value
     * @param max the greatest value
     */
    public Member<Long> integer(String name, long min, long max) {
        JsonNode node = singleValue(name);
        if (node == null) {
            return Member.absent();
        }
        if (node.isNull() || (node.isTextual() && node.asText().isEmpty())) {
            return Member.of(null);
        }
        BigInteger value = DjangoCoercion.integer(node);
        String fault = value == null ? "A valid integer is required." : DjangoCoercion.rangeFault(value, min, max);
        return value == null || fault != null ? refuse(name, String.valueOf(fault)) : Member.of(value.longValueExact());
    }

    /** Reads one of a set of words. The message is Sentry's; the explanation lists the allowed words. */
    public Member<String> choice(String name, Set<String> choices) {
        return value(name, singleValue(name), false, node -> {
            String text = node.isValueNode() ? node.asText() : node.toString();
            return choices.contains(text) ? Member.of(text) : refuseChoice(name, text, choices);
        });
    }

    /** Adds the fault that a word is not among the choices. */
    public <T> Member<T> refuseChoice(String name, String word, Collection<String> choices) {
        faults.explain(name + " takes " + choices.stream().sorted().collect(Collectors.joining(", ")));
        return refuse(name, DjangoCoercion.quote(word) + " is not a valid choice.");
    }

    /** Reads a list of texts and checks each against one rule. */
    public Member<List<String>> texts(String name, TextRule rule) {
        return value(name, object.get(name), rule.isNullable(), node -> {
            TextListResult list = TextListResult.read(node, form, rule);
            return list.fault() == null ? Member.of(list.texts()) : put(name, list.fault());
        });
    }

    /**
     * Reads a nested object through a function.
     *
     * @param nullable whether the client may send null
     */
    public <T> Member<T> object(String name, boolean nullable, Function<RequestFields, Member<T>> reader) {
        return value(name, object.get(name), nullable, node -> {
            if (!(node instanceof ObjectNode nested)) {
                return put(name, notADictionary(node));
            }
            RequestFields fields = new RequestFields(nested, form);
            Member<T> value = reader.apply(fields);
            return fields.faults.isEmpty() ? value : put(name, fields.faults.messages());
        });
    }

    /** Adds a fault if a member is absent. */
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

    /** The names of all members that the client sent. */
    public List<String> names() {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** A member as the client sent it, or null. For settings that the service only stores and returns. */
    public @Nullable JsonNode raw(String name) {
        return object.get(name);
    }

    /** Adds a fault that the caller found. */
    public <T> Member<T> refuse(String name, String message) {
        return put(name, List.of(message));
    }

    /** Throws all faults as one {@link ApiException.Invalid}, if there are any. */
    public void check() {
        faults.check();
    }

    private <T> Member<T> put(String name, Object messages) {
        faults.put(name, messages);
        return Member.absent();
    }

    private <T> Member<T> value(
            String name, @Nullable JsonNode node, boolean nullable, Function<JsonNode, Member<T>> read) {
        if (node == null) {
            return Member.absent();
        }
        if (node.isNull()) {
            return nullable ? Member.of(null) : refuse(name, NULL);
        }
        String characterFault = UnstorableCharacters.surrogateFault(node);
        return characterFault == null ? read.apply(node) : refuse(name, characterFault);
    }

    /** The value of a member, or null if absent. If a form repeats a name, the last value counts. */
    private @Nullable JsonNode singleValue(String name) {
        JsonNode node = object.get(name);
        return form && node instanceof ArrayNode list && !list.isEmpty() ? list.get(list.size() - 1) : node;
    }

    private static Map<String, Object> notADictionary(JsonNode node) {
        return Map.of(NON_FIELD_ERRORS, List.of(DjangoCoercion.notADictionary(node)));
    }
}
