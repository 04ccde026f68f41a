package dev.countersign.transfer.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds an organization that an import has read, with the values for a temporary table of the import.
 *
 * @param dateAdded null means the time of the import
 */
public record OrganizationRow(
        long id, String slug, String name, @Nullable Instant dateAdded) implements ImportedRow {

    @Override
    public StagedTable table() {
        return StagedTable.ORGANIZATION;
    }

    @Override
    public @Nullable Object[] values() {
        return new @Nullable Object[] {id, slug, name, dateAdded};
    }
}
