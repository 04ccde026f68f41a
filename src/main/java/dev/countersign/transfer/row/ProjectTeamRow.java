package dev.countersign.transfer.row;

import org.jspecify.annotations.Nullable;

/** Holds the link of a project and a team that an import has read, with the values for a temporary table of the import. */
public record ProjectTeamRow(long projectId, long teamId) implements ImportedRow {

    @Override
    public StagedTable table() {
        return StagedTable.PROJECT_TEAM;
    }

    @Override
    public @Nullable Object[] values() {
        return new @Nullable Object[] {projectId, teamId};
    }
}
