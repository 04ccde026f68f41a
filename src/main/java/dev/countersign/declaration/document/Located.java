package dev.countersign.declaration.document;

import dev.countersign.declaration.syntax.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds a value of a document together with its place in the file. */
public record Located(Place place, Value value) {

    /** A member of this object, or null where the object has no such member. */
    public @Nullable Located member(String name) {
        Value.Member member =
                value instanceof Value.Members object ? object.members().get(name) : null;
        return member == null ? null : new Located(place.member(name, member.line()), member.value());
    }

    /** The names of the members of this object. */
    public List<String> names() {
        return value instanceof Value.Members object
                ? List.copyOf(object.members().keySet())
                : List.of();
    }

    /** The items of this list. */
    public List<Located> items() {
        List<Located> located = new ArrayList<>();
        if (value instanceof Value.Items list) {
            for (Value item : list.items()) {
                located.add(new Located(place.item(located.size(), item.line()), item));
            }
        }
        return located;
    }

    /** The text of this value as it is written, or null where it is a list, an object or null. */
    public @Nullable String text() {
        return value instanceof Value.Scalar scalar && !scalar.json().isNull() ? scalar.text() : null;
    }

    /** Whether the value is null. */
    public boolean isNull() {
        return value instanceof Value.Scalar scalar && scalar.json().isNull();
    }
}
