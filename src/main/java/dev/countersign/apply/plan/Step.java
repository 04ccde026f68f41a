package dev.countersign.apply.plan;

import dev.countersign.declaration.document.Fault;
import java.util.List;

/**
 * Holds one change of a plan in the form in which it is printed, such as {@code + key acme/api/Default}.
 *
 * @param sign {@code +} makes, {@code ~} changes, {@code -} removes
 * @param path names the thing, such as {@code acme/api/Default}; holds no secret
 * @param members the members that change
 */
public record Step(char sign, Kind kind, String path, List<String> members) {

    /** Makes a thing. */
    public static Step make(Kind kind, String path) {
        return new Step('+', kind, path, List.of());
    }

    /** Removes a thing. */
    public static Step remove(Kind kind, String path) {
        return new Step('-', kind, path, List.of());
    }

    /** The line of the plan; control characters are shown as {@code ?}. */
    @Override
    public String toString() {
        String line = sign + " " + kind + " " + path;
        return Fault.printable(members.isEmpty() ? line : line + " " + String.join(", ", members));
    }
}
