package dev.countersign.declaration.reader;

import dev.countersign.declaration.document.Faults;
import dev.countersign.declaration.document.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds objects that documents declare twice, and adds a fault that names both places. */
final class Duplicates {

    private final Faults faults;
    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> ofMany = new HashSet<>();

    Duplicates(Faults faults) {
        this.faults = faults;
    }

    /**
     * Notes an object.
     *
     * @param what names the object in the fault, such as {@code The project api}; shows no secret
     * @param identity is equal for the same object, and differs between kinds
     */
    void note(String what, String identity, Place place) {
        Place first = places.putIfAbsent(identity, place);
        if (first != null) {
            faults.add(place, what + " is also declared at " + first.fileAndLine() + ".");
        }
    }

    /**
     * Notes an object that may share its identity with others which are noted by this method, but with none that is noted by
     * {@link #note}.
     */
    void noteOneOfMany(String what, String identity, Place place) {
        boolean isFirst = !places.containsKey(identity);
        if (isFirst) {
            ofMany.add(identity);
        }
        if (isFirst || !ofMany.contains(identity)) {
            note(what, identity, place);
        }
    }
}
