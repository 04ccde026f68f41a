package dev.countersign.migration;

/** Says that the schema of the database is older than this program needs. The message tells what to do. */
public final class OldSchemaException extends Exception {

    private static final long serialVersionUID = 1;

    OldSchemaException(int installed) {
        super("The schema of the database is at version " + installed + ", this program needs " + SchemaVersion.NEEDED
                + ": migrate first (COUNTERSIGN_MIGRATE=only)");
    }
}
