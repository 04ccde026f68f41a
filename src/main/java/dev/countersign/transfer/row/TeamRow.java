package dev.countersign.transfer.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds a team that an import has read, with the values for a temporary table of the import.
 *
 * @param dateAdded null means the time of the import
 */
public record TeamRow(
        long id,
        long organizationId,
        String slug,
        String name,
        @Nullable Instant dateAdded) implements ImportedRow {

    @Override
    public StagedTable table() {
        return StagedTable.TEAM;
    }

    @Override
    public @Nullable Object[] values() {
        return new @Nullable Object[] {id, organizationId, slug, name, dateAdded};
    }
}
