package dev.countersign.transfer.row;

import org.jspecify.annotations.Nullable;

/** Interface: gives the temporary table and the column values of one row that an import has read. */
public sealed interface ImportedRow
        permits OrganizationRow, TeamRow, ProjectRow, ProjectTeamRow, RedirectRow, KeyRow, OptionRow, LeftOutRow {

    /** The table that collects such rows. */
    StagedTable table();

    /** The values in the order of the columns of {@link #table}: texts, numbers, booleans, instants and nulls. */
    @Nullable
    Object[] values();
}
