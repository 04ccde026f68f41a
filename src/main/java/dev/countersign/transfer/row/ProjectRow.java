package dev.countersign.transfer.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds a project that an import has read, with the values for a temporary table of the import.
 *
 * @param dateAdded null means the time of the import
 */
public record ProjectRow(
        long id,
        long organizationId,
        String slug,
        String name,
        @Nullable String platform,
        @Nullable Instant dateAdded) implements ImportedRow {

    @Override
    public StagedTable table() {
        return StagedTable.PROJECT;
    }

    @Override
    public @Nullable Object[] values() {
        return new @Nullable Object[] {id, organizationId, slug, name, platform, dateAdded};
    }
}
