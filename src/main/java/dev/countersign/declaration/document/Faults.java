package dev.countersign.declaration.document;

import dev.countersign.declaration.syntax.Value;
import dev.countersign.web.error.ApiException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Collects the faults of all documents that one run of {@code apply} reads. */
public final class Faults {

    private static final String WHOLE_OBJECT = "non_field_errors";

    private final List<Fault> faults = new ArrayList<>();

    /** Adds a fault. */
    public void add(Place place, String sentence) {
        faults.add(new Fault(place, sentence));
    }

    /**
     * Adds what the API would answer to the members of an object.
     *
     * @param object the object whose members were read
     * @param members the members by the names that the API has for them
     * @param refused the answer, whose body maps members to messages
     */
    public void add(Located object, Map<String, Located> members, ApiException refused) {
        if (refused.body() instanceof Map<?, ?> messages) {
            messages.forEach((name, fault) -> {
                Located member = members.get(String.valueOf(name));
                add(member != null ? member : member(object, String.valueOf(name)), fault);
            });
        } else {
            add(object.place(), String.valueOf(refused.getMessage()));
        }
    }

    private void add(Located at, Object messages) {
        if (messages instanceof Map<?, ?> members) {
            members.forEach((name, fault) -> add(member(at, String.valueOf(name)), fault));
        } else if (messages instanceof List<?> sentences) {
            sentences.forEach(sentence -> add(at.place(), String.valueOf(sentence)));
        } else {
            add(at.place(), String.valueOf(messages));
        }
    }

    /** The place of a member that a message names: a member of an object, an item of a list, or the object itself. */
    private static Located member(Located at, String name) {
        if (name.equals(WHOLE_OBJECT)) {
            return at;
        }
        if (at.value() instanceof Value.Items items && name.matches("[0-9]{1,7}")) {
            int index = Integer.parseInt(name);
            return index < items.items().size() ? at.items().get(index) : at;
        }
        Located found = at.member(name);
        return found != null
                ? found
                : new Located(at.place().member(name, at.place().line()), at.value());
    }

    /** Whether there is no fault. */
    public boolean isEmpty() {
        return faults.isEmpty();
    }

    /** All faults, in the order in which they were found. */
    public List<Fault> list() {
        return Collections.unmodifiableList(faults);
    }
}
