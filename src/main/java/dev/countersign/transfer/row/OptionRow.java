package dev.countersign.transfer.row;

import org.jspecify.annotations.Nullable;

/**
 * Holds one option of a project or an organization that an import has read, with the values for a temporary table.
 *
 * @param value JSON for settings, else a plain text
 */
public record OptionRow(Owner owner, long ownerId, Kind kind, String name, String value) implements ImportedRow {

    /** Lists the kinds of objects that have options. */
    public enum Owner {
        ORGANIZATION,
        PROJECT
    }

    /** Lists the kinds of options. */
    public enum Kind {
        /** All settings of a project as one JSON object; settings that come one by one do not count then. */
        SETTINGS,
        /** One setting of a project, under its name in the API. */
        SETTING,
        /** One member of the setting {@code options}. */
        FILTER,
        /** The name of the ingest host. */
        INGEST,
        /** The default rate limit of new keys, as {@code window/count}. */
        DEFAULT_RATE_LIMIT,
        /** The number that Sentry gave the project for its age; it decides the version of the loader. */
        EPOCH
    }

    @Override
    public StagedTable table() {
        return StagedTable.OPTION;
    }

    @Override
    public @Nullable Object[] values() {
        return new @Nullable Object[] {owner.name(), ownerId, kind.name(), name, value};
    }
}
