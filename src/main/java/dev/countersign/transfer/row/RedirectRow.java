package dev.countersign.transfer.row;

import org.jspecify.annotations.Nullable;

/** Holds a slug that a project had before. */
public record RedirectRow(long organizationId, String slug, long projectId) implements ImportedRow {

    @Override
    public StagedTable table() {
        return StagedTable.REDIRECT;
    }

    @Override
    public @Nullable Object[] values() {
        return new @Nullable Object[] {organizationId, slug, projectId};
    }
}
