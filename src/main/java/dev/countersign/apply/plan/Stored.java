package dev.countersign.apply.plan;

import org.jspecify.annotations.Nullable;

/**
 * Holds a stored row, and the owner under which {@code apply} made it.
 *
 * @param owner null for a row that the API or an import made
 */
public record Stored<T>(T row, @Nullable String owner) {

    /** Whether this owner made the row. */
    public boolean isOf(String name) {
        return name.equals(owner);
    }
}
