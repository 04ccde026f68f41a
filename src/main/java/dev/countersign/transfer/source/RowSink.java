package dev.countersign.transfer.source;

import dev.countersign.transfer.row.ImportedRow;
import java.io.IOException;
import java.sql.SQLException;

/** Interface: takes the rows that an import reads from a file, and the faults and warnings about the rest of the file. */
public interface RowSink {

    /** Takes a row. */
    void add(ImportedRow row) throws IOException, SQLException;

    /**
     * Counts an object that an import does not take.
     *
     * @param kind the kind in plural, such as {@code sentry.user} or {@code client keys without the role store}
     */
    void notTaken(String kind);

    /** Says why the file cannot be imported. Reading goes on, so that all faults are listed. */
    void fault(String line);

    /** Says what the operator should know. */
    void warn(String line);
}
