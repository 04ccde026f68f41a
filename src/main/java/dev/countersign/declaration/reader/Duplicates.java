package dev.countersign.declaration.reader;

import dev.countersign.declaration.document.Faults;
import dev.countersign.declaration.document.Place;
import java.util.HashMap;
import java.util.Map;

/** Finds objects that documents declare twice, and adds a fault that names both places. */
final class Duplicates {

    private final Faults faults;
    private final Map<String, Place> places = new HashMap<>();

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
}
