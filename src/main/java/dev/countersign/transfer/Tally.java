package dev.countersign.transfer;

import dev.countersign.transfer.row.ImportedRow;
import dev.countersign.transfer.source.RowSink;
import dev.countersign.transfer.staging.Staging;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Receives what an import reads: passes rows on to the temporary tables, counts objects that are not taken, and prints faults.
 */
final class Tally implements RowSink {

    private static final int MAX_KINDS = 1_000;

    private final Staging staging;
    private final Progress progress;
    private final Consumer<String> lines;
    private final Map<String, Long> notTaken = new TreeMap<>();
    private long faults;

    Tally(Staging staging, Progress progress, Consumer<String> lines) {
        this.staging = staging;
        this.progress = progress;
        this.lines = lines;
    }

    @Override
    public void add(ImportedRow row) throws IOException, SQLException {
        progress.row();
        staging.add(row);
    }

    @Override
    public void notTaken(String kind) {
        boolean counted = notTaken.size() < MAX_KINDS || notTaken.containsKey(kind);
        notTaken.merge(counted ? kind : "objects of other kinds", 1L, Long::sum);
    }

    @Override
    public void fault(String line) {
        faults++;
        print(line);
    }

    @Override
    public void warn(String line) {
        print(line);
    }

    void print(String line) {
        lines.accept(printable(line));
    }

    /** A line without control characters, which names in a file may hold. */
    static String printable(String line) {
        return line.replaceAll("\\p{Cntrl}", "?");
    }

    /** The number of faults. */
    long faults() {
        return faults;
    }

    /** A line for each kind of object that was not taken, with the number of these. */
    List<String> notTaken() {
        return notTaken.entrySet().stream()
                .map(kind -> "not taken: " + kind.getValue() + " " + printable(kind.getKey()))
                .toList();
    }
}
