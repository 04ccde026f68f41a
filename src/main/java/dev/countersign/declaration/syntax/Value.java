package dev.countersign.declaration.syntax;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Interface: gives a value of a parsed document, a scalar, a list or an object, with the line on which it begins. Values that
 * an alias repeats are shared.
 */
public sealed interface Value {

    /** The line, counted from 1. */
    int line();

    /** The value as JSON. */
    JsonNode json();

    /** The number of values in this one, itself included; a value that is repeated counts each time. */
    int size();

    /** The number of levels of this value: 1 for a text or an empty list. */
    int depth();

    /**
     * Holds a text, number, boolean or null.
     *
     * @param text the value as it is written, without quotes
     */
    record Scalar(int line, JsonNode json, String text) implements Value {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public int depth() {
            return 1;
        }
    }

    /** Holds a list. */
    record Items(int line, List<Value> items, int size, int depth) implements Value {
        @Override
        public JsonNode json() {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(items.size());
            items.forEach(item -> array.add(item.json()));
            return array;
        }
    }

    /** Holds an object. Its members keep their order. */
    record Members(int line, Map<String, Member> members, int size, int depth) implements Value {
        @Override
        public JsonNode json() {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            members.forEach((name, member) -> object.set(name, member.value().json()));
            return object;
        }
    }

    /**
     * Holds a member of an object.
     *
     * @param line the line of its name
     */
    record Member(int line, Value value) {}
}
