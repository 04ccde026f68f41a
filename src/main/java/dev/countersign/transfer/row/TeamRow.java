package dev.countersign.transfer.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds a team.
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
