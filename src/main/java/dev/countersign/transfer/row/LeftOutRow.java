package dev.countersign.transfer.row;

import org.jspecify.annotations.Nullable;

/**
 * Names an organization, team or project that an import has read and leaves out, such as one that its program is deleting.
 */
public record LeftOutRow(Kind kind, long id) implements ImportedRow {

    /** Lists the kinds of objects that have others below them. */
    public enum Kind {
        ORGANIZATION,
        TEAM,
        PROJECT
    }

    @Override
    public StagedTable table() {
        return StagedTable.LEFT_OUT;
    }

    @Override
    public @Nullable Object[] values() {
        return new @Nullable Object[] {kind.name(), id};
    }
}
