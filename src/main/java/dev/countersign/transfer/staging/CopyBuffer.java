package dev.countersign.transfer.staging;

import dev.countersign.transfer.row.StagedTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;

/** Collects rows for one temporary table in memory, and sends them to the database by COPY once they are many. */
final class CopyBuffer {

    private static final int FULL = 256 * 1024;

    private final String copy;
    private final CopyManager manager;
    private final StringBuilder rows = new StringBuilder();

    CopyBuffer(StagedTable table, CopyManager manager) {
        this.copy = "copy " + table.sql() + " from stdin";
        this.manager = manager;
    }

    /** Adds a row. */
    void add(@Nullable Object[] values) throws IOException, SQLException {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                rows.append('\t');
            }
            append(values[i]);
        }
        rows.append('\n');
        if (rows.length() > FULL) {
            send();
        }
    }

    /** Sends all rows that were not sent yet. */
    void send() throws IOException, SQLException {
        if (rows.length() > 0) {
            manager.copyIn(copy, new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8)));
            rows.setLength(0);
        }
    }

    /** Appends a value in the text form of COPY. */
    private void append(@Nullable Object value) {
        if (value == null) {
            rows.append("\\N");
        } else if (value instanceof String text) {
            text.codePoints().forEach(this::append);
        } else {
            rows.append(value);
        }
    }

    private void append(int character) {
        switch (character) {
            case '\\' -> rows.append("\\\\");
            case '\t' -> rows.append("\\t");
            case '\n' -> rows.append("\\n");
            case '\r' -> rows.append("\\r");
            // Half of a pair, which UTF-8 cannot have.
            default -> rows.appendCodePoint(Character.getType(character) == Character.SURROGATE ? '?' : character);
        }
    }
}
