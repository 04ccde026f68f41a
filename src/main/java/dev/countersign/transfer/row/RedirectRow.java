package dev.countersign.transfer.row;

import org.jspecify.annotations.Nullable;

/** Holds an earlier slug of a project that an import has read, with the values for a temporary table of the import. */
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
